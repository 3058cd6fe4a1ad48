package dev.melancia.router;

/** One attempt while it runs: on which model, since when, and when its first piece came. Confined to its shell. */
final class AttemptRun {

    static final long NO_PIECE = Long.MIN_VALUE;

    final RoutedModel model;
    final long startNanos;
    long firstPieceNanos = NO_PIECE;

    AttemptRun(RoutedModel model, long startNanos) {
        this.model = model;
        this.startNanos = startNanos;
    }
}
