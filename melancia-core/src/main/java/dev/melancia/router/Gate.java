package dev.melancia.router;

import dev.melancia.budget.Budgets;
import dev.melancia.budget.Reservation;
import dev.melancia.cost.Cost;
import org.jspecify.annotations.Nullable;

/** What an attempt must pass before it may have a permit: the model's rate limit, then the budgets. Thread-safe. */
final class Gate {

    private final @Nullable Budgets budgets;

    Gate(@Nullable Budgets budgets) {
        this.budgets = budgets;
    }

    /** Why the attempt may not go on; null when it may, with its expected cost reserved. */
    @Nullable
    RuntimeException refusal(AttemptRun run, PreparedCall call) {
        RoutedModel model = run.model;
        if (model.rate != null && !model.rate.tryAcquire(run.startNanos)) {
            return ModelBusyException.tooOften(model.candidate);
        }
        return budgets == null ? null : reserve(budgets, run, call);
    }

    private static @Nullable RuntimeException reserve(Budgets budgets, AttemptRun run, PreparedCall call) {
        Cost expected = run.model.expectedCost(call);
        if (expected.picoUsd() == 0) {
            return null;
        }
        Reservation reservation = budgets.tryReserve(call.ledger.context, expected.picoUsd(), call.ledger.startMillis);
        if (reservation.isRefused()) {
            return new BudgetSpentException(run.model.id(), reservation.reason());
        }
        run.reservation = reservation;
        return null;
    }
}
