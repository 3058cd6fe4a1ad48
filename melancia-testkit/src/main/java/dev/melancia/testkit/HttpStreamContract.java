package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, well and badly ended. What a raw model may leave open, such as a second signal, the router's guard closes. */
abstract class HttpStreamContract extends HttpCallContract {

    private static final int PARALLEL = 8;
    private static final String[] PIECES = {"Once ", "upon ", "a ", "time"};

    @BeforeEach
    final void skipStreamsWhereNotDeclared(TestInfo test) {
        if (test.getTestMethod().orElseThrow().getDeclaringClass() == HttpStreamContract.class) {
            assumeStreaming();
        }
    }

    @Test
    public final void streamsInOrderWithReasonAndTokens() throws InterruptedException {
        StreamRecorder stream = recorded(wireFormat().stream(USAGE, PIECES));

        ChatResponse response = stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(stream.pieces()).containsExactly(PIECES);
        assertThat(response.aiMessage().text()).isEqualTo("Once upon a time");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(USAGE.inputTokenCount());
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(USAGE.outputTokenCount());
        assertThat(stream.terminals()).hasSize(1);
    }

    @Test
    public final void streamsUnknownTokensAsUnknown() throws InterruptedException {
        StreamRecorder stream = recorded(wireFormat().stream(null, PIECES));

        assertUnknown(stream.response()
                .orElseThrow(() -> new AssertionError(stream.terminals()))
                .tokenUsage());
    }

    @Test
    public final void givesPiecesAsTheyCome() throws InterruptedException {
        Gate gate = Gate.closed();
        Reply reply = wireFormat().pieces("first").waitFor(gate).cut();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = ask(server);

            assertThat(stream.awaitPieces(1, SOON)).as("first piece").isTrue();
            assertThat(stream.terminals()).isEmpty();
            gate.open();
            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
        }
    }

    @Test
    public final void signalsACutStreamAsAnErrorFirst() throws InterruptedException {
        CallCounter calls = new CallCounter();
        Gate gate = Gate.closed();
        Reply reply = wireFormat().pieces(PIECES).waitFor(gate).cut();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = new StreamRecorder();
            streaming(model(server).listeners(List.of(calls)).build()).chat(question("?"), stream);

            // A broken connection may overtake pieces that were not read yet.
            assertThat(stream.awaitPieces(PIECES.length, SOON)).as("pieces").isTrue();
            gate.open();
            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            assertThat(stream.pieces()).containsExactly(PIECES);
            assertThat(stream.error()).as("first of " + stream.terminals()).isPresent();
            assertThat(calls.counts()).startsWith("1 requests, ").endsWith("1 errors");
        }
    }

    @Test
    public final void doesNotPassAStreamWithoutFinishReasonForAWholeOne() throws InterruptedException {
        StreamRecorder stream = recorded(wireFormat().pieces(PIECES).end());

        assertThat(stream.pieces()).containsExactly(PIECES);
        stream.response()
                .ifPresent(response ->
                        assertThat(response.finishReason()).as("finish reason").isNull());
    }

    @Test
    public final void timesOutWhenAStreamNeverBegins() throws InterruptedException {
        timesOut(Reply.silence());
    }

    @Test
    public final void timesOutWhenAStreamStallsBeforeItsFirstPiece() throws InterruptedException {
        timesOut(wireFormat().pieces().stall());
    }

    @Test
    public final void timesOutWhenAStreamStalls() throws InterruptedException {
        timesOut(wireFormat().pieces(PIECES).stall());
    }

    @Test
    public final void givesUpTheConnectionOfACancelledStream() throws InterruptedException {
        try (LoopbackServer server =
                LoopbackServer.replying(wireFormat().pieces(PIECES).stall())) {
            StreamRecorder stream = ask(server);
            assertThat(stream.awaitPieces(PIECES.length, SOON)).isTrue();

            stream.cancel();

            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("statuses")
    public final void signalsAStatusOfAStreamAfterOneRequest(int status, Class<?> expected)
            throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().error(status, "scripted"))) {
            StreamRecorder stream = ask(server);

            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            Throwable error = stream.error().orElseThrow(() -> new AssertionError(stream.terminals()));
            assertThat(error).isInstanceOf(expected);
            assertThat(statusOf(error)).contains(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 529})
    public final void saysWhenTheServerOfAStreamWantsToBeAskedAgain(int status) throws InterruptedException {
        StreamRecorder stream = recorded(wireFormat().error(status, "scripted").header("Retry-After", "7"));

        Throwable error = stream.error().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(retryAfterOf(error)).contains(Duration.ofSeconds(7));
        assertThat(statusOf(error)).contains(status);
    }

    @Test
    public final void signalsARefusedConnectionOfAStream() throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        streaming(model(LoopbackServer.refusingAddress()).build()).chat(question("?"), stream);

        assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
        assertThat(causes(stream.error().orElseThrow())).hasAtLeastOneElementOfType(ConnectException.class);
    }

    @Test
    public final void doesNotPassAPageForAStream() throws InterruptedException {
        StreamRecorder stream = recorded(Reply.of(200, "text/html", "<html>Please sign in</html>"));

        stream.response()
                .ifPresent(response ->
                        assertThat(response.finishReason()).as("finish reason").isNull());
    }

    @Test
    public final void doesNotLetOpenStreamsHoldUpOthers() throws InterruptedException {
        Gate gate = Gate.closed();
        Reply reply = wireFormat().pieces("first").waitFor(gate).cut();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamingChatModel model = streaming(model(server).build());
            List<StreamRecorder> streams = IntStream.range(0, PARALLEL)
                    .mapToObj(i -> new StreamRecorder())
                    .toList();

            streams.forEach(stream -> model.chat(question("?"), stream));

            for (StreamRecorder stream : streams) {
                assertThat(stream.awaitPieces(1, SOON))
                        .as("first piece while the others are open")
                        .isTrue();
            }
            gate.open();
        }
    }

    private StreamRecorder recorded(Reply reply) throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = ask(server);
            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            return stream;
        }
    }

    private StreamRecorder ask(LoopbackServer server) {
        StreamRecorder stream = new StreamRecorder();
        streaming(model(server).build()).chat(question("?"), stream);
        return stream;
    }

    private void timesOut(Reply reply) throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = new StreamRecorder();
            streaming(model(server).timeout(millis(300)).build()).chat(question("?"), stream);

            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            assertThat(stream.error().orElseThrow(() -> new AssertionError(stream.terminals())))
                    .isInstanceOf(TimeoutException.class);
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }
}
