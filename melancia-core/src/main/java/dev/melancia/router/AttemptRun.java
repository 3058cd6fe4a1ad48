package dev.melancia.router;

/** One attempt: on which model, from when to when, and when its first piece came. Confined to its shell. */
final class AttemptRun {

    static final long NO_PIECE = Long.MIN_VALUE;

    final RoutedModel model;
    final long startNanos;
    long firstPieceNanos = NO_PIECE;
    long endNanos;

    AttemptRun(RoutedModel model, long startNanos) {
        this.model = model;
        this.startNanos = startNanos;
    }
}
