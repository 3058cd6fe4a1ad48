package dev.melancia.budget;

import dev.melancia.cost.Cost;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of tenants, or those of users. Guarded by the lock of the budgets.
 *
 * <p>Whoever has limits of their own has an account for good. The others' accounts begin with the first call and all end
 * with the same window, the longest of their limits: then the map as a whole is dropped, at no cost that grows with it.
 * Until then an account goes only when nothing was spent and no reservation is open, which makes it as good as new.
 */
final class Accounts {

    private final BudgetScope scope;
    private final Limits each;
    private final Map<String, Account> own = new HashMap<>();
    private final int most;

    /** What a new account is like; never charged. */
    private final Account blank;

    private Map<String, Account> others = new HashMap<>();
    private @Nullable Window begun;

    Accounts(BudgetScope scope, Limits each, Map<String, Limits> own, int most) {
        this.scope = scope;
        this.each = each;
        this.most = most;
        this.blank = new Account(scope, null, each);
        own.forEach((owner, limits) -> this.own.put(owner, new Account(scope, owner, limits.orElse(each))));
    }

    /** The account to look at; null when no budget applies. */
    @Nullable
    Account find(@Nullable String owner, Windows windows) {
        if (owner == null) {
            return null;
        }
        Account account = own.get(owner);
        if (account != null || each.isNone()) {
            return account;
        }
        forgetPast(windows);
        account = others.get(owner);
        return account == null ? blank : account;
    }

    /** Why less than that is left in the account that was found, or why there is no place for a new one. */
    @Nullable
    Supplier<String> refusal(@Nullable Account found, @Nullable String tenant, long pico, Windows windows) {
        if (found == null) {
            return null;
        }
        Supplier<String> refusal = found.refusal(tenant, pico, windows);
        return refusal == null && isCrowdedFor(found) ? this::crowdedWords : refusal;
    }

    /** The account to charge; null when there is none, or no place for one. */
    @Nullable
    Account keep(@Nullable Account found, @Nullable String owner) {
        if (found != blank || owner == null) {
            return found;
        }
        if (isCrowdedFor(found)) {
            return null;
        }
        Account account = new Account(scope, owner, each);
        others.put(owner, account);
        return account;
    }

    /** Ends a reservation in its account, if it has one here; the account goes when nothing is left of it. */
    void end(@Nullable Account account, Reservation reservation, @Nullable Cost cost, Windows windows) {
        if (account == null) {
            return;
        }
        account.end(reservation, cost);
        if (account.owner != null && account.isBlank(windows)) {
            others.remove(account.owner, account);
        }
    }

    int size() {
        return own.size() + others.size();
    }

    /** In the order of their names. */
    Map<String, Account> all(Windows windows) {
        forgetPast(windows);
        Map<String, Account> all = new TreeMap<>(others);
        all.putAll(own);
        return all;
    }

    private boolean isCrowdedFor(Account found) {
        return found == blank && others.size() >= most;
    }

    private void forgetPast(Windows windows) {
        Window current = windows.current(each.longest());
        if (!current.equals(begun)) {
            begun = current;
            others = new HashMap<>();
        }
    }

    private String crowdedWords() {
        return "the " + (scope == BudgetScope.TENANT ? "tenant" : "user") + " is new and " + most
                + " others have spent in this " + each.longest().word() + "; maxAccounts sets how many may";
    }
}
