package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A host whose handler waits for the one who cancels, as a bridge with a bounded queue does. */
class StreamCancelTest {

    private final Records records = new Records();
    private final Handle handle = new Handle();
    private final CountDownLatch room = new CountDownLatch(1);
    private final Host full = new Host() {
        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            super.onPartialResponse(piece, context);
            Fakes.awaitDeaf(room);
        }
    };

    @Test
    void cancellingDoesNotWaitForTheHandlerAndIsRecordedOnceItReturns() throws Exception {
        Stream stream = new Stream(out -> {
            out.onPartialResponse(new PartialResponse("a"), with(handle));
            out.onPartialResponse(new PartialResponse("b"), with(handle));
            out.onCompleteResponse(answer("ab"));
        });
        try (ModelRouter router = Streams.one(stream).listener(records).build()) {
            router.streamingChatModel().chat(say("Oi"), full);
            assertThat(full.piece.await(10, SECONDS)).isTrue();

            Thread consumer = new Thread(() -> full.handles.get(0).cancel());
            consumer.start();
            consumer.join(SECONDS.toMillis(5));

            assertThat(consumer.isAlive())
                    .as("the consumer waits for the handler")
                    .isFalse();
            assertThat(handle.isCancelled()).isTrue();
            assertThat(full.handles.get(0).isCancelled()).isTrue();
            assertThat(records.all).isEmpty();
            room.countDown();
            assertThat(records.only().outcome()).isEqualTo(Outcome.CANCELLED);
            await().until(() -> router.callsRunning(LOCAL.id()) == 0);
            assertThat(full.heard).containsExactly("a");
            assertThat(records.all).hasSize(1);
        }
    }
}
