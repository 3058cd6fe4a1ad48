package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import java.time.Duration;

/** How long a stream may still stay silent: until its first piece, then from piece to piece, and within its call. */
final class Silence {

    private final StreamingCall call;
    private final AttemptRun run;
    private volatile long lastSignNanos;

    Silence(StreamingCall call, AttemptRun run) {
        this.call = call;
        this.run = run;
        this.lastSignNanos = run.startNanos;
    }

    /** The model gave a sign of life; true for the first piece. */
    boolean broken() {
        lastSignNanos = call.engine.ticker.getAsLong();
        if (run.firstPieceNanos == AttemptRun.NO_PIECE) {
            run.firstPieceNanos = lastSignNanos;
            return true;
        }
        return false;
    }

    /** Nanoseconds left; 0 when it lasted too long. */
    long leftNanos() {
        long now = call.engine.ticker.getAsLong();
        return call.limitNanos(limitNanos() - (now - lastSignNanos), now);
    }

    /** The error that says which limit was passed. */
    TimeoutException told() {
        if (call.limitNanos(Long.MAX_VALUE, call.engine.ticker.getAsLong()) == 0) {
            return new TimeoutException(
                    run.model.id() + " was not done within the call's " + Duration.ofNanos(call.engine.callLimitNanos));
        }
        String which = run.firstPieceNanos == AttemptRun.NO_PIECE
                ? " sent no first piece within "
                : " sent no further piece within ";
        return new TimeoutException(run.model.id() + which + Duration.ofNanos(limitNanos()));
    }

    /** The error of a model that could not be asked in all that time. */
    ModelBusyException notAsked() {
        long limit = call.limitNanos(run.model.firstTokenLimitNanos, run.startNanos);
        return ModelBusyException.notAsked(run.model.candidate, Duration.ofNanos(limit));
    }

    private long limitNanos() {
        return run.firstPieceNanos == AttemptRun.NO_PIECE ? run.model.firstTokenLimitNanos : run.model.idleLimitNanos;
    }
}
