package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.melancia.call.Outcome;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Guards one model's stream: passes its pieces on while it is open, ends once, whatever the model signals afterwards, and
 * watches for silence. Thread-safe.
 *
 * <p>The lock is held while a piece is handed to the host, so that no terminal signal overtakes it. The watchdog only
 * tries the lock: a host that is slow in its own handler is not a stalled model. The permit goes back when the attempt is
 * closed and the model's {@code chat} has returned, whichever comes last: until then it may hold a thread.
 */
final class StreamAttempt implements StreamingChatResponseHandler, StreamingHandle {

    private static final long BUSY_HOST_NANOS = 50_000_000;

    private final StreamingCall call;
    private final AttemptRun run;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger holdsPermit = new AtomicInteger(2);
    private volatile boolean closed;
    private volatile boolean cancelled;
    private volatile @Nullable StreamingHandle model;
    private @Nullable Future<?> watchdog;
    private long lastSignNanos;

    StreamAttempt(StreamingCall call, AttemptRun run) {
        this.call = call;
        this.run = run;
        this.lastSignNanos = run.startNanos;
    }

    void start(ChatRequest request, ChatRequestOptions options) {
        watch();
        try {
            run.model.streaming().chat(request, options, this);
        } catch (RuntimeException | Error e) {
            onError(e);
        } finally {
            letGo();
        }
    }

    @Override
    public void onPartialResponse(String text) {
        pass(null, () -> call.host.onPartialResponse(text));
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pass(context.streamingHandle(), () -> call.host.onPartialResponse(piece, new PartialResponseContext(this)));
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        pass(null, () -> call.host.onPartialThinking(piece));
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        pass(context.streamingHandle(), () -> call.host.onPartialThinking(piece, new PartialThinkingContext(this)));
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        pass(null, () -> call.host.onPartialToolCall(piece));
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        pass(context.streamingHandle(), () -> call.host.onPartialToolCall(piece, new PartialToolCallContext(this)));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        pass(null, () -> call.host.onCompleteToolCall(complete));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        if (!closed) {
            call.host.onUnmappedRawEvent(event);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (!close()) {
            return;
        }
        if (response.finishReason() == null) {
            call.ended(run, Outcome.TRUNCATED, response, new TruncatedAnswerException(run.model.id()));
        } else {
            call.ended(run, Outcome.ANSWERED, response, null);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (close()) {
            call.ended(run, FailureClassifier.classify(error), null, error);
        }
    }

    /** The host, through the handle that each piece carries. */
    @Override
    public void cancel() {
        if (close()) {
            cancelled = true;
            stopModel();
            call.cancelled(run);
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    private void pass(@Nullable StreamingHandle handle, Runnable toHost) {
        if (handle != null) {
            model = handle;
        }
        RuntimeException broken = null;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            sign();
            toHost.run();
        } catch (RuntimeException e) {
            broken = e;
        } finally {
            lock.unlock();
        }
        if (broken != null && close()) {
            stopModel();
            call.ended(run, Outcome.CANCELLED, null, broken);
        }
    }

    private void sign() {
        lastSignNanos = call.engine.ticker.getAsLong();
        if (run.firstPieceNanos == AttemptRun.NO_PIECE) {
            run.firstPieceNanos = lastSignNanos;
            call.piece();
        }
    }

    /** True for the one caller that ends this attempt. */
    private boolean close() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            if (watchdog != null) {
                watchdog.cancel(false);
            }
        } finally {
            lock.unlock();
        }
        letGo();
        return true;
    }

    private void letGo() {
        if (holdsPermit.decrementAndGet() == 0) {
            run.model.bulkhead.release();
        }
    }

    private void stopModel() {
        StreamingHandle handle = model;
        if (handle != null && !handle.isCancelled()) {
            handle.cancel();
        }
    }

    private void watch() {
        if (call.engine.workers.onCaller()) {
            return;
        }
        lock.lock();
        try {
            if (!closed) {
                watchdog = call.engine.timers.schedule(this::check, leftNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private long leftNanos() {
        long now = call.engine.ticker.getAsLong();
        return call.limitNanos(limitNanos() - (now - lastSignNanos), now);
    }

    private long limitNanos() {
        return run.firstPieceNanos == AttemptRun.NO_PIECE ? run.model.firstTokenLimitNanos : run.model.idleLimitNanos;
    }

    private void check() {
        if (!lock.tryLock()) {
            call.engine.timers.later(this::check, BUSY_HOST_NANOS);
            return;
        }
        try {
            if (closed) {
                return;
            }
            if (leftNanos() > 0) {
                watch();
                return;
            }
        } finally {
            lock.unlock();
        }
        call.engine.workers.executeSurely(this::timeOut);
    }

    private void timeOut() {
        boolean silent = run.firstPieceNanos == AttemptRun.NO_PIECE;
        if (close()) {
            stopModel();
            Duration waited =
                    Duration.ofNanos(call.engine.ticker.getAsLong() - (silent ? run.startNanos : lastSignNanos));
            String what = silent ? " sent no first piece within " : " sent no further piece within ";
            call.ended(run, Outcome.TIMEOUT, null, new TimeoutException(run.model.id() + what + waited));
        }
    }
}
