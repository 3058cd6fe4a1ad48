package dev.melancia.router;

import dev.melancia.budget.Reservation;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import org.jspecify.annotations.Nullable;

/** One attempt: on which model, from when to when, and when its first piece came. Confined to its shell. */
final class AttemptRun {

    static final long NO_PIECE = Long.MIN_VALUE;

    final RoutedModel model;
    final int position;
    final boolean hedge;
    final long startNanos;
    private final long probe;
    long firstPieceNanos = NO_PIECE;
    long endNanos;

    /** Whether the model was called, and may charge for it. */
    boolean asked;

    /** Since when the model has to answer for it: waiting for a permit or a thread is not its doing. */
    private long askedNanos;

    /** What a budget set aside for it; null without a budget, or when it costs nothing. */
    @Nullable
    Reservation reservation;

    AttemptRun(RoutedModel model, CallMachine.State state, long startNanos) {
        this.model = model;
        this.position = state.position();
        this.hedge = state.running() > 1;
        this.startNanos = startNanos;
        this.askedNanos = startNanos;
        this.probe = model.breaker.enter(startNanos);
    }

    /** The model is called, at that time unless it is {@link AttemptTask#NOT_BEGUN}. */
    void askedAt(long nanos) {
        asked = true;
        if (nanos != AttemptTask.NOT_BEGUN) {
            askedNanos = nanos;
        }
    }

    /** Tells those who watch the model how it went. */
    void tellModel(Outcome outcome, boolean streaming) {
        long answeredNanos = Math.max(0, (firstPieceNanos == NO_PIECE ? endNanos : firstPieceNanos) - askedNanos);
        model.breaker.result(probe, outcome, answeredNanos, endNanos);
        if (outcome.isAnswer()) {
            model.quiet.lift(startNanos);
        }
        if (outcome.isAnswer() || outcome == Outcome.TIMEOUT || isBeaten(outcome)) {
            model.load.took(answeredNanos, streaming, endNanos);
        }
    }

    /** Whether its hedge won: it took at least as long. Left out, slow answers would make a model look fast. */
    private boolean isBeaten(Outcome outcome) {
        return outcome == Outcome.CANCELLED && asked && !hedge && firstPieceNanos == NO_PIECE;
    }

    /**
     * Settles with the budgets.
     *
     * @param free whether the provider charges nothing for how it ended
     * @return the cost; where it is not known but something was reserved, the reservation as an estimate
     */
    Cost settle(Cost cost, boolean free) {
        Reservation reserved = reservation;
        if (reserved == null) {
            return cost;
        }
        if (free) {
            reserved.release();
            return cost;
        }
        reserved.settle(cost);
        boolean estimated = cost.kind() == Cost.Kind.UNKNOWN && reserved.picoUsd() > 0;
        return estimated ? Cost.estimatedPicoUsd(reserved.picoUsd()) : cost;
    }
}
