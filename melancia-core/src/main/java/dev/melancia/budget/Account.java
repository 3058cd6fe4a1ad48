package dev.melancia.budget;

import dev.melancia.cost.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The budgets of all calls, of one tenant or of one user. Guarded by the lock of the budgets. */
final class Account {

    final BudgetScope scope;

    /** Tenant or user id; null for all, and for an account that only shows what a new one would be. */
    final @Nullable String owner;

    private final Ledger[] ledgers;

    Account(BudgetScope scope, @Nullable String owner, Limits limits) {
        this.scope = scope;
        this.owner = owner;
        this.ledgers = limits.ledgers();
    }

    /** Which budget has less left than that, in words to be made later; null when there is room. */
    @Nullable
    Supplier<String> refusal(@Nullable String tenant, long pico, Windows windows) {
        for (Ledger ledger : ledgers) {
            ledger.turnTo(windows.current(ledger.period));
            if (!ledger.hasRoomFor(pico)) {
                return ledger.status(scope, tenant)::toString;
            }
        }
        return null;
    }

    void reserve(long pico, Windows windows) {
        for (Ledger ledger : ledgers) {
            ledger.turnTo(windows.current(ledger.period));
            ledger.reserve(pico);
        }
    }

    void end(Reservation reservation, @Nullable Cost cost) {
        for (Ledger ledger : ledgers) {
            ledger.end(reservation.madeIn(ledger.period), reservation.picoUsd(), cost);
        }
    }

    /** Whether it says no more than a new one would. */
    boolean isBlank(Windows windows) {
        for (Ledger ledger : ledgers) {
            if (!ledger.isBlankIn(windows.current(ledger.period))) {
                return false;
            }
        }
        return true;
    }

    List<BudgetStatus> statuses(@Nullable String tenant, Windows windows) {
        List<BudgetStatus> statuses = new ArrayList<>(ledgers.length);
        for (Ledger ledger : ledgers) {
            ledger.turnTo(windows.current(ledger.period));
            statuses.add(ledger.status(scope, tenant));
        }
        return statuses;
    }
}
