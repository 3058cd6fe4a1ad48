package dev.melancia.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one budget stands: its limit, what is spent and reserved in the window under way, and when that ends. Amounts are
 * exact US dollars. It does not say which user. Immutable.
 *
 * @since 0.1.0
 */
public final class BudgetStatus {

    private final BudgetScope scope;
    private final @Nullable String tenant;
    private final BudgetPeriod period;
    private final Amounts picoUsd;
    private final long endMillis;

    BudgetStatus(BudgetScope scope, @Nullable String tenant, BudgetPeriod period, Amounts picoUsd, long endMillis) {
        this.scope = scope;
        this.tenant = tenant;
        this.period = period;
        this.picoUsd = picoUsd;
        this.endMillis = endMillis;
    }

    public BudgetScope scope() {
        return scope;
    }

    /** Whose budget it is, where the scope is {@link BudgetScope#TENANT}. */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    public BudgetPeriod period() {
        return period;
    }

    public BigDecimal limitUsd() {
        return Usd.of(picoUsd.limit);
    }

    /** From counted tokens and a stated price. */
    public BigDecimal spentKnownUsd() {
        return Usd.of(picoUsd.known);
    }

    /** From guessed tokens; where not even that is known, what was reserved. */
    public BigDecimal spentEstimatedUsd() {
        return Usd.of(picoUsd.estimated);
    }

    /** For calls under way. */
    public BigDecimal reservedUsd() {
        return Usd.of(picoUsd.reserved);
    }

    /** When the next window begins, with nothing spent. */
    public Instant windowEnd() {
        return Instant.ofEpochMilli(endMillis);
    }

    /** Such as {@code tenant acme: ~9.98 of 10 USD spent, 0.02 reserved for the day until 2026-11-23T00:00:00Z}. */
    @Override
    public String toString() {
        String who =
                switch (scope) {
                    case ALL -> "all calls";
                    case TENANT -> "tenant " + tenant;
                    case USER -> "the user";
                };
        String spent = (picoUsd.estimated > 0 ? "~" : "")
                + spentKnownUsd().add(spentEstimatedUsd()).toPlainString();
        return who + ": " + spent + " of " + Usd.text(picoUsd.limit) + " USD spent, " + Usd.text(picoUsd.reserved)
                + " reserved for the " + period.word() + " until " + windowEnd();
    }

    record Amounts(long limit, long known, long estimated, long reserved) {}
}
