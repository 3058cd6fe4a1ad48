package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.mlflow.AskedHosts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing but the configured server is spoken to. */
class SilenceTest {

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");
    private static final Pattern HOST =
            Pattern.compile("(?i)\\b(?:https?|wss?)://\\w|\\b[\\w-]+\\.(?:com|org|net|io|ai|cloud|info)\\b");

    @TempDir
    Path folder;

    @Test
    void onlyTheConfiguredServerIsAsked() throws IOException {
        try (AskedHosts asked = AskedHosts.listen();
                FakeMlflow server = new FakeMlflow()) {
            try (ExperimentTracker tracker = ExperimentTracker.builder(folder)
                    .mlflow(UploaderFixture.settings(server.uri()))
                    .build()) {
                try (Run run = tracker.startRun("silent")) {
                    run.metric("m", 1);
                    run.artifact("a.txt", "text");
                }
                assertThat(tracker.flush(UploaderFixture.LONG)).isTrue();
            }
            assertThat(asked.seen()).containsExactly("127.0.0.1:" + server.port());
        }
    }

    @Test
    void aTrackerWithoutServerAsksNobody() {
        try (AskedHosts asked = AskedHosts.listen()) {
            try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build();
                    Run run = tracker.startRun("local")) {
                run.metric("m", 1);
            }
            assertThat(asked.seen()).isEmpty();
        }
    }

    /** The listener hears what it promises to hear. */
    @Test
    void otherConnectionsWouldBeHeard() throws IOException {
        try (AskedHosts asked = AskedHosts.listen();
                FakeMlflow server = new FakeMlflow()) {
            new Socket("localhost", server.port()).close();
            HttpURLConnection older = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + server.port()).toURL().openConnection();
            older.getResponseCode();
            assertThat(asked.seen()).contains("localhost:" + server.port(), "127.0.0.1:" + server.port());
        }
    }

    /** An example in a message or in javadoc may name the loopback address. */
    @Test
    void noSourceNamesAHost() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            List<String> named = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(SilenceTest::texts)
                    .filter(text -> HOST.matcher(text.replace("http://127.0.0.1:5000", ""))
                            .find())
                    .toList();
            assertThat(named).isEmpty();
        }
    }

    private static Stream<String> texts(Path source) {
        try {
            return TEXT.matcher(Files.readString(source))
                    .results()
                    .map(found -> source.getFileName() + ": " + found.group());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
