package dev.melancia.routing;

/**
 * How busy and how slow a model is at one moment: what {@code fastest} and {@code leastBusy} targets compare. Immutable.
 *
 * @param latencyNanos what an answer takes lately, for a call that streams the first piece of one, as a moving average
 *     that rises at once with a slow answer, or one that did not come in time, and decays with time whether or not the
 *     model is asked (peak EWMA), in nanoseconds; -1 when no such answer was measured
 * @param running calls that run on it now, abandoned ones counted until they return, at least 0
 * @param permits calls that may run on it at a time, at least 1
 * @since 0.1.0
 */
public record ModelLoad(long latencyNanos, int running, int permits) {

    /** In place of a latency that nobody measured. */
    public static final long NOT_MEASURED = -1;

    public ModelLoad {
        if (latencyNanos < NOT_MEASURED) {
            throw new IllegalArgumentException(
                    "latencyNanos must be at least 0, or -1 when not measured, was " + latencyNanos);
        }
        if (running < 0) {
            throw new IllegalArgumentException("running must be at least 0, was " + running);
        }
        if (permits < 1) {
            throw new IllegalArgumentException("permits must be at least 1, was " + permits);
        }
    }

    boolean isMeasured() {
        return latencyNanos != NOT_MEASURED;
    }
}
