package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users of a provider for OpenAI-compatible servers get through the router when a real llama-server is killed, still
 * loads, refuses their key or their prompt. Each test starts a server of its own with the scripts of this project's
 * {@code dev/servers}; without {@link RealServers#SCRIPTS} all are skipped by name. A provider's test is one short subclass
 * whose name ends in {@code IT}. Takes a few seconds. Confined to one thread, as any test class.
 *
 * @since 0.1.0
 */
public abstract class RoutedLlamaServerContract extends RealServerFixture {

    private static final String KEY = "sk-test";
    private static final int WINDOW = 2_048;

    @TempDir
    Path folder;

    /** Settings of its only model, {@code tiny}; the address ends in {@code /v1}. */
    protected abstract ModelSettings.Builder model(URI server, String key);

    @Test
    public final void failsOnceWhenTheServerIsKilledInTheMiddleOfAStream() throws InterruptedException {
        try (OwnServer server = OwnServer.llama()) {
            ModelSettings tiny =
                    model(server.address(), KEY).maxOutputTokens(1_000_000).build();
            try (ModelRouter router = router(tiny, PATIENT)) {
                StreamRecorder stream = stream(router, "Tell me a long story");
                assertThat(stream.awaitPieces(2, AMPLE)).as("first pieces").isTrue();
                server.kill();

                assertBrokenOnce(stream, Set.of(Outcome.BROKEN_OFF));
                assertThat(ask(router, "Hi")).isEqualTo(ANSWER);
                assertFellBack(Outcome.UNREACHABLE);
                assertNothingRuns(router, tiny);
            }
        }
    }

    @Test
    public final void fallsBackWhenTheKeyIsWrong() throws InterruptedException {
        try (OwnServer server = OwnServer.llama()) {
            ModelSettings tiny =
                    model(server.address(), "sk-wrong-key-of-a-test").build();
            assertFallsBackInBothViews(tiny, "Hi", Outcome.UNAUTHORIZED);
        }
    }

    /** The model's file is a pipe that nobody writes to, so that the loading never ends. */
    @Test
    public final void fallsBackWhileTheModelIsLoading() throws IOException, InterruptedException {
        Path pipe = folder.resolve("model.gguf");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (OwnServer server = OwnServer.llamaThatLoads(pipe)) {
            assertFallsBackInBothViews(model(server.address(), KEY).build(), "Hi", Outcome.OVERLOADED);
        }
    }

    @Test
    public final void fallsBackWhenThePromptIsTooLong() throws InterruptedException {
        try (OwnServer server = OwnServer.llama()) {
            String tooLong = "word ".repeat(WINDOW);
            assertFallsBackInBothViews(model(server.address(), KEY).build(), tooLong, Outcome.CONTEXT_TOO_LONG);
        }
    }

    private void assertFallsBackInBothViews(ModelSettings tiny, String question, Outcome first)
            throws InterruptedException {
        try (ModelRouter router = router(tiny, PATIENT)) {
            assertThat(ask(router, question)).isEqualTo(ANSWER);
            assertFellBack(first);
            assertThat(answer(stream(router, question))).isEqualTo(ANSWER);
            assertFellBack(first);
            assertNothingRuns(router, tiny);
        }
    }
}
