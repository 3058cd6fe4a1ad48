package dev.melancia.budget;

import static java.util.Objects.requireNonNull;

import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all calls, each tenant and each user may spend in a calendar hour or day. What a call may cost is reserved before it
 * is made and replaced by what it did cost after: calls at the same time cannot both take the last dollar. A limit is
 * overrun only by what calls under way come to cost beyond their reservation.
 *
 * <p>Budgets are of one JVM and of its memory: several routers may share them, another process does not see them, and a
 * restart forgets them. They are no invoice: what is billed is on the call records.
 *
 * <p>A call is charged to every budget that applies to it or to none. A call without tenant, or without user id, is charged
 * to no tenant's or user's budget. A user is its id alone, whatever the tenant. A call that reserves nothing, such as one of
 * a local model, is never refused.
 *
 * <p>Memory is bounded by {@link Builder#maxAccounts}, 100 000 tenants and as many users unless said
 * otherwise, besides those with limits of their own. Who has spent in the window under way is never forgotten: when all
 * places are taken, the calls of new ones are refused unless they reserve nothing, until the window ends.
 *
 * <p>Time does not run backwards: a moment before the windows under way counts as in them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Budgets {

    private static final int MOST_ACCOUNTS = 100_000;

    // One lock for all accounts: what it guards takes less than a microsecond, and only so does a call take all of its
    // budgets or none, without another seeing the half of it and being refused for it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Windows windows;
    private final @Nullable Account all;
    private final Accounts tenants;
    private final Accounts users;

    private Budgets(Builder builder) {
        this.windows = new Windows(builder.zone);
        this.all = builder.all.isNone() ? null : new Account(BudgetScope.ALL, null, builder.all);
        this.tenants = new Accounts(BudgetScope.TENANT, builder.eachTenant, builder.tenants, builder.maxAccounts);
        this.users = new Accounts(BudgetScope.USER, builder.eachUser, builder.users, builder.maxAccounts);
    }

    /** Nothing is limited until it is said. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reserves what a call may cost in all budgets that apply to it, or in none.
     *
     * @param picoUsd the most it is expected to cost, in 10<sup>-12</sup> USD, at least 0
     * @param epochMillis now
     * @return to be settled or released once the call is over, unless it {@linkplain Reservation#isRefused() is refused}
     */
    public Reservation tryReserve(CallContext context, long picoUsd, long epochMillis) {
        if (picoUsd < 0) {
            throw new IllegalArgumentException("picoUsd must be at least 0, was " + picoUsd);
        }
        String tenant = context.tenant().orElse(null);
        String user = context.userId().orElse(null);
        lock.lock();
        try {
            windows.advanceTo(epochMillis);
            Account ofTenant = tenants.find(tenant, windows);
            Account ofUser = users.find(user, windows);
            Supplier<String> refusal = picoUsd == 0 ? null : refusal(ofTenant, tenant, ofUser, picoUsd);
            if (refusal != null) {
                return Reservation.refused(
                        () -> refusal.get() + "; the call may cost " + Usd.text(picoUsd) + " USD", windows);
            }
            Reservation made = new Reservation(this, picoUsd, windows);
            made.charge(all, windows);
            made.charge(tenants.keep(ofTenant, tenant), windows);
            made.charge(users.keep(ofUser, user), windows);
            return made;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why calls of this caller that cost something would be refused now, whatever they cost: a budget with nothing left.
     * Reserves nothing.
     *
     * @param epochMillis now
     */
    public Optional<String> spent(CallContext context, long epochMillis) {
        String tenant = context.tenant().orElse(null);
        String user = context.userId().orElse(null);
        Supplier<String> refusal;
        lock.lock();
        try {
            windows.advanceTo(epochMillis);
            refusal = refusal(tenants.find(tenant, windows), tenant, users.find(user, windows), 1);
        } finally {
            lock.unlock();
        }
        return refusal == null ? Optional.empty() : Optional.of(refusal.get());
    }

    /**
     * The budgets that apply to calls of this caller, in the order all, tenant, user, and of each the hour before the day.
     *
     * @param epochMillis now
     */
    public List<BudgetStatus> status(CallContext context, long epochMillis) {
        String tenant = context.tenant().orElse(null);
        List<BudgetStatus> statuses = new ArrayList<>();
        lock.lock();
        try {
            windows.advanceTo(epochMillis);
            addStatuses(statuses, all, null);
            addStatuses(statuses, tenants.find(tenant, windows), tenant);
            addStatuses(statuses, users.find(context.userId().orElse(null), windows), null);
        } finally {
            lock.unlock();
        }
        return List.copyOf(statuses);
    }

    /**
     * The budget of all calls, and those of the tenants that have limits of their own or have spent in the window under way,
     * by name. Users are not listed.
     *
     * @param epochMillis now
     */
    public List<BudgetStatus> status(long epochMillis) {
        List<BudgetStatus> statuses = new ArrayList<>();
        lock.lock();
        try {
            windows.advanceTo(epochMillis);
            addStatuses(statuses, all, null);
            tenants.all(windows).forEach((tenant, account) -> addStatuses(statuses, account, tenant));
        } finally {
            lock.unlock();
        }
        return List.copyOf(statuses);
    }

    /** How many tenants and users are remembered. */
    int accounts() {
        lock.lock();
        try {
            return tenants.size() + users.size();
        } finally {
            lock.unlock();
        }
    }

    /** The end of a reservation; without cost, it is given back. */
    void end(Reservation reservation, @Nullable Cost cost) {
        lock.lock();
        try {
            if (!reservation.end()) {
                return;
            }
            Account ofAll = reservation.all();
            if (ofAll != null) {
                ofAll.end(reservation, cost);
            }
            tenants.end(reservation.tenant(), reservation, cost, windows);
            users.end(reservation.user(), reservation, cost, windows);
        } finally {
            lock.unlock();
        }
    }

    /** Why less than so much is left; its words are made by whoever wants them, after the lock. */
    private @Nullable Supplier<String> refusal(
            @Nullable Account ofTenant, @Nullable String tenant, @Nullable Account ofUser, long picoUsd) {
        Supplier<String> refusal = all == null ? null : all.refusal(null, picoUsd, windows);
        if (refusal == null) {
            refusal = tenants.refusal(ofTenant, tenant, picoUsd, windows);
        }
        return refusal == null ? users.refusal(ofUser, null, picoUsd, windows) : refusal;
    }

    private void addStatuses(List<BudgetStatus> statuses, @Nullable Account account, @Nullable String tenant) {
        if (account != null) {
            statuses.addAll(account.statuses(tenant, windows));
        }
    }

    /** Shows how many accounts there are, and nobody's id. */
    @Override
    public String toString() {
        return "Budgets[" + accounts() + " accounts]";
    }

    /**
     * Collects limits, in US dollars as decimal strings: at least 0, at most nine million, exact to twelve decimals. Said
     * twice, the last one holds. Confined to one thread.
     */
    public static final class Builder {

        private ZoneId zone = ZoneOffset.UTC;
        private int maxAccounts = MOST_ACCOUNTS;
        private Limits all = Limits.NONE;
        private Limits eachTenant = Limits.NONE;
        private Limits eachUser = Limits.NONE;
        private final Map<String, Limits> tenants = new TreeMap<>();
        private final Map<String, Limits> users = new TreeMap<>();

        private Builder() {}

        /** What all calls together may cost. */
        public Builder all(BudgetPeriod period, String usd) {
            all = with(all, period, usd);
            return this;
        }

        /** What the calls of any one tenant may cost. */
        public Builder eachTenant(BudgetPeriod period, String usd) {
            eachTenant = with(eachTenant, period, usd);
            return this;
        }

        /** What the calls of this tenant, not blank, may cost, in place of the limit of each tenant for that period. */
        public Builder tenant(String name, BudgetPeriod period, String usd) {
            requireNotBlank(name, "tenant", "eachTenant");
            tenants.put(name, with(tenants.getOrDefault(name, Limits.NONE), period, usd));
            return this;
        }

        /** What the calls of any one user may cost. */
        public Builder eachUser(BudgetPeriod period, String usd) {
            eachUser = with(eachUser, period, usd);
            return this;
        }

        /** What the calls of this user, not blank, may cost, in place of the limit of each user for that period. */
        public Builder user(String userId, BudgetPeriod period, String usd) {
            requireNotBlank(userId, "user", "eachUser");
            users.put(userId, with(users.getOrDefault(userId, Limits.NONE), period, usd));
            return this;
        }

        /** Where hours and days begin and end; UTC unless said otherwise. */
        public Builder zone(ZoneId zone) {
            this.zone = requireNonNull(zone, "zone");
            return this;
        }

        /**
         * How many tenants, and how many users, without limits of their own may spend in one window.
         *
         * @param most at least 1; an account takes about 300 bytes
         */
        public Builder maxAccounts(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("maxAccounts must be at least 1, was " + most);
            }
            this.maxAccounts = most;
            return this;
        }

        public Budgets build() {
            return new Budgets(this);
        }

        private static void requireNotBlank(String name, String scope, String general) {
            if (requireNonNull(name, scope).isBlank()) {
                throw new IllegalArgumentException(
                        scope + " must not be blank; the limit of each is set by " + general + "(…)");
            }
        }

        private static Limits with(Limits limits, BudgetPeriod period, String usd) {
            requireNonNull(period, "period");
            return limits.with(period, Usd.pico(requireNonNull(usd, "usd"), "limit"));
        }
    }
}
