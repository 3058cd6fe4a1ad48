package dev.melancia.router;

import org.jspecify.annotations.Nullable;

/**
 * How fast a model answers, kept only where somebody reads it: strategies ask for the moving average, hedges for
 * quantiles. Thread-safe.
 */
final class ModelLoadMeter {

    private final PeakEwma average = new PeakEwma();
    private final PeakEwma firstPieceAverage = new PeakEwma();
    private final @Nullable Latencies answers;
    private final @Nullable Latencies firstPieces;
    private volatile boolean averaged;

    ModelLoadMeter(boolean hedged, long nowNanos) {
        this.answers = hedged ? new Latencies(nowNanos) : null;
        this.firstPieces = hedged ? new Latencies(nowNanos) : null;
    }

    /** From now on the average is kept. */
    void average() {
        averaged = true;
    }

    void took(long nanos, boolean streaming, long nowNanos) {
        if (averaged) {
            averageOf(streaming).took(nanos, nowNanos);
        }
        Latencies latencies = streaming ? firstPieces : answers;
        if (latencies != null) {
            latencies.took(nanos, nowNanos);
        }
    }

    /** Of whole answers, or of the first pieces of streams: what is an age for one is nothing for the other. */
    long averageNanos(boolean streaming, long nowNanos) {
        return averageOf(streaming).nanos(nowNanos);
    }

    private PeakEwma averageOf(boolean streaming) {
        return streaming ? firstPieceAverage : average;
    }

    /** When a call of the model counts as slow; {@link Latencies#UNKNOWN} when nobody can tell. */
    long slowAfterNanos(HedgeSettings hedging, boolean streaming, long nowNanos) {
        Latencies latencies = streaming ? firstPieces : answers;
        return latencies == null ? Latencies.UNKNOWN : hedging.delayNanos(latencies, nowNanos);
    }
}
