package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class FeatureFlagsReloadTest {

    private static final FlagContext ANA = FlagContext.of("ana");

    private final Logger logger = (Logger) LoggerFactory.getLogger(FeatureFlags.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path folder;

    private Path file;
    private FeatureFlags flags;

    @BeforeEach
    void start() throws IOException {
        log.start();
        logger.addAppender(log);
        file = folder.resolve("flags.json");
        write("\"top_k\": " + number(3));
        flags = FeatureFlags.builder().environment(name -> null).file(file).build();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private void write(String flagsJson) throws IOException {
        Files.writeString(file, "{\"flags\": {" + flagsJson + "}}");
    }

    private static String number(double value) {
        return "{\"state\": \"ENABLED\", \"variants\": {\"v\": " + value + "}, \"defaultVariant\": \"v\"}";
    }

    private double topK() {
        return flags.evaluateDouble("top_k", -1, ANA).value();
    }

    @Test
    void takesWhatChangedAndTellsIt() throws IOException {
        write("\"top_k\": " + number(5) + ", \"extra\": " + number(1));

        FlagReload reload = flags.reload();

        assertThat(topK()).isEqualTo(5);
        assertThat(reload.applied()).isTrue();
        assertThat(reload.error()).isEmpty();
        assertThat(reload.changed()).containsExactly("extra", "top_k");
        assertThat(reload.undeclared()).containsExactly("extra", "top_k");
        assertThat(flags.reload().changed()).isEmpty();
    }

    @Test
    void forgetsAFlagThatLeftTheFile() throws IOException {
        write("\"extra\": " + number(1));

        assertThat(flags.reload().changed()).containsExactly("extra", "top_k");
        assertThat(flags.has("top_k")).isFalse();
        assertThat(topK()).isEqualTo(-1);
    }

    @Test
    void keepsTheLastGoodDefinitionsAndWarnsOncePerCause() throws IOException {
        write("\"top_k\": " + number(7) + ", \"ollama_percentage\": " + number(1.2));

        FlagReload refused = flags.reload();
        flags.reload();

        assertThat(refused.applied()).isFalse();
        assertThat(refused.error().orElseThrow()).contains("flag \"ollama_percentage\"", "share in [0, 1]", "was 1.2");
        assertThat(refused.changed()).isEmpty();
        assertThat(refused.toString()).contains("last good kept", "1.2");
        assertThat(topK()).isEqualTo(3);
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(log.list.get(0).getKeyValuePairs().toString()).contains("was 1.2");

        Files.writeString(file, "{\"flags\": {");
        assertThat(flags.reload().error().orElseThrow()).contains("is not JSON");
        Files.delete(file);
        assertThat(flags.reload().error().orElseThrow()).contains("cannot be read");
        assertThat(topK()).isEqualTo(3);
        assertThat(log.list).hasSize(3);

        write("\"top_k\": " + number(9));
        assertThat(flags.reload().applied()).isTrue();
        assertThat(topK()).isEqualTo(9);
        Files.delete(file);
        flags.reload();
        assertThat(log.list).as("the same cause after a success is news").hasSize(4);
    }

    @Test
    void keepsWhatWasSetInJava() throws IOException {
        flags.set("top_k", 99);
        write("\"top_k\": " + number(5));
        assertThat(flags.reload().applied()).isTrue();
        assertThat(topK()).isEqualTo(99);

        write("\"extra\": " + number(1));
        assertThat(flags.reload().error().orElseThrow())
                .contains("flag \"top_k\" is set in Java to the number 99", "clear it in Java");
        assertThat(topK()).isEqualTo(99);

        flags.clear("top_k");
        assertThat(topK()).isEqualTo(5);
        assertThat(flags.reload().applied()).isTrue();
        assertThat(flags.has("top_k")).isFalse();
    }

    @Test
    void survivesASourceThatFails() {
        boolean[] broken = {false};
        FeatureFlags fragile = FeatureFlags.builder()
                .environment(name -> {
                    if (broken[0]) {
                        throw new IllegalStateException("no environment");
                    }
                    return null;
                })
                .build();
        broken[0] = true;

        assertThat(fragile.reload().error())
                .contains("a source failed: java.lang.IllegalStateException: no environment");
        assertThat(fragile.evaluateBoolean("use_ollama", false, ANA).value()).isTrue();
    }
}
