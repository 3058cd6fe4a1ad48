package dev.melancia.router;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.call.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives a kept answer to a host that asked for a stream: its text as one piece, then the whole, on the caller's thread. The
 * host may cancel in between. Streams do not wait for each other: two that ask the same at once both ask a model, since
 * pieces cannot be handed on to a host that came later or reads more slowly.
 */
final class CacheReplay implements StreamingHandle {

    private enum State {
        OPEN,
        CANCELLED,
        ENDED
    }

    private final PreparedCall call;
    private final CachedAnswer answer;
    private final StreamingChatResponseHandler host;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private CacheReplay(PreparedCall call, CachedAnswer answer, StreamingChatResponseHandler host) {
        this.call = call;
        this.answer = answer;
        this.host = host;
    }

    /** Whether the host got a kept answer; else the call is to be made, and its answer will be kept. */
    static boolean answers(AnswerCache cache, PreparedCall call, StreamingChatResponseHandler host) {
        CacheVisit visit = cache.visit(call);
        if (visit == null || !visit.mayTake()) {
            return false;
        }
        return visit.find()
                .map(kept -> {
                    new CacheReplay(call, kept, host).run();
                    return true;
                })
                .orElse(false);
    }

    private void run() {
        call.ledger.cacheHit(answer);
        Throwable broken = piece();
        if (!state.compareAndSet(State.OPEN, State.ENDED)) {
            new HostEnd(call, host).cancelled(call.ledger.now());
        } else if (broken == null) {
            call.ledger.close(Outcome.ANSWERED);
            call.answeredAgain(answer.response());
            HostEnd.tell(() -> host.onCompleteResponse(answer.response()));
        } else {
            call.ledger.close(Outcome.CANCELLED);
            call.failed(broken);
            HostEnd.tell(() -> host.onError(broken));
        }
    }

    /** What the host threw, if it did. */
    private @Nullable Throwable piece() {
        try {
            PartialResponse all =
                    new PartialResponse(answer.response().aiMessage().text());
            host.onPartialResponse(all, new PartialResponseContext(this));
            return null;
        } catch (RuntimeException | Error e) { // handed to the host's onError, as from a model's stream
            return e;
        }
    }

    @Override
    public void cancel() {
        state.compareAndSet(State.OPEN, State.CANCELLED);
    }

    @Override
    public boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }
}
