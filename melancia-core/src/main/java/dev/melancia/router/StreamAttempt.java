package dev.melancia.router;

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
import dev.melancia.MelanciaException;
import dev.melancia.call.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Guards one model's stream: passes its pieces on while it is open, ends once, whatever the model signals afterwards, and
 * watches for silence. Thread-safe.
 *
 * <p>The lock is held while a piece is handed to the host, so that no terminal signal overtakes it. The watchdog and a host
 * that cancels only try the lock: the host's own handler may hold it. Whoever then lets it go reports the cancellation, or looks
 * instead: a watchdog that came again might find a slow host busy each time.
 */
final class StreamAttempt implements StreamingChatResponseHandler, StreamingHandle {

    private final StreamingCall call;
    final AttemptRun run;
    private final ReentrantLock lock = new ReentrantLock();
    private final StreamPermit permit;
    private final AtomicReference<End> end = new AtomicReference<>(End.NONE);
    private final Watchdog watchdog;
    private volatile boolean lookDue;
    private final ModelsHandle model;
    private final Silence silence;

    StreamAttempt(StreamingCall call, AttemptRun run) {
        this.call = call;
        this.run = run;
        this.model = new ModelsHandle(run.model.id());
        Runnable goOn = () -> call.engine.workers.executeSurely(() -> call.starts.start(this));
        this.permit = new StreamPermit(run.model.bulkhead, goOn);
        this.silence = new Silence(call, run);
        this.watchdog = new Watchdog(call.engine.timers, this::check);
    }

    /** From before a thread is asked for: a task that waits in a queue, or is dropped there, must not go unwatched. */
    void watch() {
        if (!call.engine.workers.onCaller()) {
            watchdog.comeIn(silence.leftNanos());
        }
    }

    /** Asks for a permit, the first time; calls the model, once there is one. Ends if it may not be called. */
    void start() {
        if (!isOpen()) {
            return;
        }
        if (permit.begin()) {
            RuntimeException refusal = permit.refusal(call, this);
            if (refusal != null) {
                refused(FailureClassifier.classify(refusal), refusal);
                return;
            }
        }
        if (permit.mayCall()) {
            callModel();
        }
    }

    private void callModel() {
        try {
            ChatRequest own = run.model.own(call.call.request); // may throw: before anybody says the model was asked
            if (isOpen() && call.mayAsk(this)) {
                run.model.streaming().chat(own, call.call.options, this);
            }
        } catch (Throwable e) { // handed to the host: a checked exception from Kotlin or a proxy must not be lost
            onError(e);
        } finally {
            permit.returned();
        }
    }

    /** The model was not asked, or nobody can tell whether it was. */
    void refused(Outcome outcome, Throwable why) {
        if (close()) {
            model.stop();
            call.ended(this, outcome, null, why);
        }
    }

    /** Another attempt is heard: the model is left, and nobody is told. */
    void abandon() {
        if (close()) {
            call.engine.workers.executeSurely(model::stop);
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
        lock.lock();
        try {
            if (isOpen() && call.mayHear(this)) {
                call.host.onUnmappedRawEvent(event); // no piece of an answer: another model may still take over
            }
        } finally {
            unlock();
        }
    }

    @Override
    public void onCompleteResponse(@Nullable ChatResponse response) {
        if (!close()) {
            return;
        }
        if (response == null) {
            call.ended(this, Outcome.MALFORMED_RESPONSE, null, broken(" completed with null"));
        } else if (response.finishReason() == null) {
            call.ended(this, Outcome.TRUNCATED, response, new TruncatedAnswerException(run.model.id()));
        } else {
            PromptCutException cut = PromptCutException.of(run.model.candidate, response);
            call.ended(this, cut == null ? Outcome.ANSWERED : Outcome.PROMPT_CUT, response, cut);
        }
    }

    @Override
    public void onError(@Nullable Throwable error) {
        if (close()) {
            Throwable told = error == null ? broken(" signalled null as an error") : error;
            call.ended(this, FailureClassifier.classify(told), null, told);
        }
    }

    private MelanciaException broken(String how) {
        return new MelanciaException(run.model.id() + how + ", which no StreamingChatModel may");
    }

    /** The host, through the handle that each piece carries. */
    @Override
    public void cancel() {
        if (end.compareAndSet(End.NONE, End.CANCELLED)) {
            model.stop();
            if (lock.tryLock()) {
                lock.unlock();
                reportCancelled();
            }
        }
    }

    @Override
    public boolean isCancelled() {
        return !isOpen() && end.get() != End.CLOSED;
    }

    /** Every one who held the lock lets it go here: who cancelled meanwhile could not wait for it. */
    private void unlock() {
        lock.unlock();
        if (!lock.isHeldByCurrentThread()) {
            reportCancelled();
            if (lookDue) {
                lookDue = false;
                check();
            }
        }
    }

    private void reportCancelled() {
        if (end.compareAndSet(End.CANCELLED, End.CANCELLED_AND_REPORTED)) {
            closed();
            call.cancelled(this);
        }
    }

    boolean isOpen() {
        return end.get() == End.NONE;
    }

    private void pass(@Nullable StreamingHandle handle, Runnable toHost) {
        if (handle != null) {
            model.is(handle);
        }
        Throwable broken = null;
        lock.lock();
        try {
            if (isOpen() && call.hears(this)) {
                if (silence.broken()) {
                    watch(); // from now on another limit holds, usually a shorter one
                }
                toHost.run();
                silence.broken();
                return;
            }
        } catch (RuntimeException | Error e) {
            broken = e;
        } finally {
            unlock();
        }
        model.stop(); // it goes on though nobody listens any more, or the host's handler broke
        if (broken != null && close()) {
            call.ended(this, Outcome.CANCELLED, null, broken);
        }
    }

    /** True for the one caller that ends this attempt. */
    private boolean close() {
        lock.lock();
        try {
            if (!end.compareAndSet(End.NONE, End.CLOSED)) {
                return false;
            }
        } finally {
            unlock();
        }
        closed();
        return true;
    }

    private void closed() {
        watchdog.end();
        permit.closed(); // without the lock: whoever waited for the permit goes on
    }

    private void check() {
        RuntimeException told;
        if (!tryLock()) {
            return;
        }
        try {
            if (isOpen() && silence.leftNanos() > 0) {
                watch();
                return;
            }
            if (!end.compareAndSet(End.NONE, End.CLOSED)) {
                return;
            }
            told = permit.wasUsed() ? silence.told() : silence.notAsked();
        } finally {
            unlock();
        }
        closed();
        call.engine.workers.executeSurely(() -> {
            model.stop();
            call.ended(this, FailureClassifier.classify(told), null, told);
        });
    }

    /** When it fails, whoever holds the lock will look. */
    private boolean tryLock() {
        if (lock.tryLock()) {
            return true;
        }
        lookDue = true;
        return lock.tryLock(); // it may have been let go just before it could know
    }

    private enum End {
        NONE,
        CLOSED,
        CANCELLED,
        CANCELLED_AND_REPORTED
    }
}
