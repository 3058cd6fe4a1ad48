package dev.melancia.router;

import dev.melancia.call.Outcome;

/** One attempt: on which model, from when to when, and when its first piece came. Confined to its shell. */
final class AttemptRun {

    static final long NO_PIECE = Long.MIN_VALUE;

    final RoutedModel model;
    final long startNanos;
    private final long probe;
    long firstPieceNanos = NO_PIECE;
    long endNanos;

    AttemptRun(RoutedModel model, long startNanos) {
        this.model = model;
        this.startNanos = startNanos;
        this.probe = model.breaker.enter(startNanos);
    }

    /** Tells the model's breaker how it went. */
    void tellBreaker(Outcome outcome) {
        long answeredNanos = firstPieceNanos == NO_PIECE ? endNanos : firstPieceNanos;
        model.breaker.result(probe, outcome, answeredNanos - startNanos, endNanos);
    }
}
