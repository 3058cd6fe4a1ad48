package dev.melancia.router;

import dev.melancia.budget.Budgets;
import dev.melancia.budget.Reservation;
import org.jspecify.annotations.Nullable;

/** What an attempt must pass before it may have a permit: the budgets, then the model's rate limit. Thread-safe. */
final class Gate {

    private final @Nullable Budgets budgets;

    Gate(@Nullable Budgets budgets) {
        this.budgets = budgets;
    }

    /** Why the attempt may not go on; null when it may, with its expected cost reserved. */
    @Nullable
    RuntimeException refusal(AttemptRun run, PreparedCall call) {
        RoutedModel model = run.model;
        RuntimeException spent = budgets == null || model.isFree(call) ? null : reserve(budgets, run, call);
        if (spent != null || model.rate == null || model.rate.tryAcquire(run.startNanos)) {
            return spent;
        }
        if (run.reservation != null) {
            run.reservation.release();
            run.reservation = null;
        }
        return ModelBusyException.tooOften(model.candidate);
    }

    /** A cost that nobody can foresee is not incurred: it would count in no budget while the call runs. */
    private static @Nullable RuntimeException reserve(Budgets budgets, AttemptRun run, PreparedCall call) {
        if (!run.model.isPriced(call.ledger.startMillis)) {
            return new BudgetSpentException(run.model.id(), "it " + Checkup.UNPRICED);
        }
        long expected = run.model.expectedCost(call).picoUsd();
        Reservation reservation = budgets.tryReserve(call.ledger.context, expected, call.ledger.startMillis);
        if (reservation.isRefused()) {
            return new BudgetSpentException(run.model.id(), reservation.reason());
        }
        run.reservation = reservation;
        return null;
    }
}
