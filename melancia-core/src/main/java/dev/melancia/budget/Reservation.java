package dev.melancia.budget;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one call may cost, set aside in every budget that applies to it until it is known what it did cost; or the refusal
 * to. Whoever makes the call ends it, once, with {@link #settle} or {@link #release}: one that is forgotten stays reserved
 * until its window is over. It counts in the window in which it was made, even when it ends later. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Reservation {

    private final @Nullable Budgets budgets;
    private final long picoUsd;
    private final @Nullable Supplier<String> refusal;
    private final Window hour;
    private final Window day;

    /** From here on guarded by the lock of the budgets. */
    private @Nullable Account all;

    private @Nullable Account tenant;
    private @Nullable Account user;
    private boolean ended;

    /** An accepted one; the accounts that it counts in come after. */
    Reservation(Budgets budgets, long picoUsd, Windows windows) {
        this.budgets = budgets;
        this.picoUsd = picoUsd;
        this.refusal = null;
        this.hour = windows.hour();
        this.day = windows.day();
    }

    private Reservation(Supplier<String> refusal, Windows windows) {
        this.budgets = null;
        this.picoUsd = 0;
        this.refusal = refusal;
        this.hour = windows.hour();
        this.day = windows.day();
    }

    static Reservation refused(Supplier<String> why, Windows windows) {
        return new Reservation(why, windows);
    }

    /** Whether a budget had too little left: nothing is reserved, and the call should not be made. */
    public boolean isRefused() {
        return refusal != null;
    }

    /**
     * Which budget had too little left, in words, with what is spent and reserved of it and until when; never a user id.
     *
     * @throws IllegalStateException when nothing was refused
     */
    public String reason() {
        if (refusal == null) {
            throw new IllegalStateException("the reservation was not refused; ask isRefused() first");
        }
        return refusal.get();
    }

    /**
     * The call was made and came to this, in full, be it more or less than was reserved. An unknown cost counts as what was
     * reserved, and as estimated. Does nothing when the reservation was refused or has ended.
     */
    public void settle(Cost cost) {
        requireNonNull(cost, "cost");
        if (budgets != null) {
            budgets.end(this, cost);
        }
    }

    /** The call was not made, or cost nothing. Does nothing when the reservation was refused or has ended. */
    public void release() {
        if (budgets != null) {
            budgets.end(this, null);
        }
    }

    /** Reserves in one more account, if there is one. */
    void charge(@Nullable Account account, Windows windows) {
        if (account == null) {
            return;
        }
        account.reserve(picoUsd, windows);
        switch (account.scope) {
            case ALL -> all = account;
            case TENANT -> tenant = account;
            case USER -> user = account;
        }
    }

    /** Whether this is its end, which comes once. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Nullable
    Account all() {
        return all;
    }

    @Nullable
    Account tenant() {
        return tenant;
    }

    @Nullable
    Account user() {
        return user;
    }

    Window madeIn(BudgetPeriod period) {
        return period == BudgetPeriod.HOUR ? hour : day;
    }

    /** The amount that was asked for, in 10<sup>-12</sup> USD. */
    public long picoUsd() {
        return picoUsd;
    }

    /** Such as {@code 0.02 USD reserved}. */
    @Override
    public String toString() {
        return refusal == null ? Usd.text(picoUsd) + " USD reserved" : "refused: " + refusal.get();
    }
}
