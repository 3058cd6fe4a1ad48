package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.melancia.provider.ModelSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * What a provider owes whose models are reached by HTTP: all of {@link ChatModelProviderContract}, and the faults of
 * real servers, played by a {@link LoopbackServer}. A provider's test is one short subclass:
 *
 * <pre>{@code
 * class AcmeProviderTest extends HttpChatModelProviderContract {
 *     @Override protected ChatModelProvider provider() { return new AcmeProvider(); }
 *     @Override protected String expectedId() { return "acme"; }
 *     @Override protected WireFormat wireFormat() { return WireFormat.openAi(); }
 *     @Override protected Optional<String> keyVariable() { return Optional.of("ACME_API_KEY"); }
 *     @Override protected Set<ModelCapability> expectedCapabilities() { return Set.of(ModelCapability.STREAMING); }
 * }
 * }</pre>
 *
 * <p>Its test class path needs a logging backend that writes to the console (logback does unless told otherwise), or
 * what is said about keys in logs proves nothing. Takes about 5 s. Confined to one thread, as any test class.
 *
 * @since 0.1.0
 */
public abstract class HttpChatModelProviderContract extends HttpInterruptContract {

    static Stream<Reply> repliesThatShowTheKey() {
        String body = "{\"error\":{\"message\":\"Incorrect key: " + KEY + "\"}}";
        return Stream.of(
                Reply.of(401, Json.TYPE, body),
                Reply.of(400, "text/plain", "Authorization: Bearer " + KEY),
                Reply.of(500, "text/plain", KEY).header("X-Echo", KEY),
                Reply.of(200, "text/plain", KEY),
                Reply.of(200, "text/html", "<p>" + KEY + "</p>"),
                Reply.streaming("text/event-stream")
                        .send("data: " + KEY + "\n\n")
                        .end());
    }

    @ParameterizedTest
    @MethodSource("repliesThatShowTheKey")
    public final void keepsTheKeyOutOfEveryText(Reply reply) throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(reply);
                Console console = Console.capture()) {
            ModelSettings settings = model(server).build();
            var model = provider().chatModel(settings);
            Throwable error = catchThrowable(() -> model.chat("?"));

            String texts = model + "\n" + settings + "\n" + provider() + "\n" + text(error) + "\n" + console.text();
            assertThat(texts.contains(KEY)).as(hidden(texts)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("repliesThatShowTheKey")
    public final void keepsTheKeyOutOfEveryTextOfAStream(Reply reply) throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer server = LoopbackServer.replying(reply);
                Console console = Console.capture()) {
            StreamRecorder stream = new StreamRecorder();
            var model = streaming(model(server).build());
            model.chat(question("?"), stream);
            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();

            StringBuilder texts = new StringBuilder(model + "\n" + console.text());
            stream.terminals()
                    .forEach(terminal -> texts.append('\n')
                            .append(terminal instanceof Throwable error ? text(error) : terminal.toString()));
            assertThat(texts.toString().contains(KEY))
                    .as(hidden(texts.toString()))
                    .isFalse();
        }
    }

    @Test
    public final void writesLogsWhereThisContractReadsThem() {
        try (Console console = Console.capture()) {
            LoggerFactory.getLogger("dev.melancia.testkit.canary").warn("canary of the log capture");

            assertThat(console.text()).contains("canary of the log capture");
        }
    }

    private static String text(Throwable error) {
        StringWriter text = new StringWriter();
        if (error != null) {
            error.printStackTrace(new PrintWriter(text));
            causes(error).forEach(cause -> text.append(cause.toString()).append('\n'));
        }
        return text.toString();
    }

    private static String hidden(String texts) {
        return "the key (shown as <KEY>) is in: " + texts.replace(KEY, "<KEY>");
    }

    /** Reads what goes to the console, where logging backends write by default. */
    private static final class Console implements AutoCloseable {

        private final PrintStream out = System.out;
        private final PrintStream err = System.err;
        private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

        static Console capture() {
            Console console = new Console();
            PrintStream both = new PrintStream(console.captured, true, StandardCharsets.UTF_8);
            System.setOut(both);
            System.setErr(both);
            return console;
        }

        String text() {
            return captured.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
