package dev.melancia.benchmark;

import dev.melancia.cost.Cost;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run has spent, and whether it may ask on. A call under way, or in
 * doubt, is counted with the dearest call of its subject so far.
 * A subject's first call goes alone, for nothing is known of it yet. Confined to the thread of the run.
 */
final class Spend {

    static final long NO_CAP = Long.MAX_VALUE;

    private final long capPicoUsd;
    private final Map<String, Account> accounts = new HashMap<>();
    private long picoUsd;
    private int unknown;
    private boolean estimated;

    Spend(long capPicoUsd) {
        this.capPicoUsd = capPicoUsd;
    }

    private Account account(String subject) {
        return accounts.computeIfAbsent(subject, absent -> new Account());
    }

    /** An answer was paid. */
    void paid(String subject, Cost cost) {
        Account account = account(subject);
        account.seen = true;
        if (cost.kind() == Cost.Kind.UNKNOWN) {
            unknown++;
            return;
        }
        estimated |= cost.kind() == Cost.Kind.ESTIMATED;
        account.dearest = Math.max(account.dearest, cost.picoUsd());
        picoUsd = plus(picoUsd, cost.picoUsd());
    }

    /** So many calls may have been charged without an answer: they count like calls that are always under way. */
    void inDoubt(String subject, int calls) {
        account(subject).inDoubt += calls;
    }

    void began(String subject) {
        account(subject).underWay++;
    }

    void ended(String subject) {
        account(subject).underWay--;
    }

    /** Whether one more call of the subject stays within the cap, whatever is under way. */
    boolean allows(String subject) {
        if (!isCapped()) {
            return true;
        }
        Account asked = account(subject);
        if (!asked.seen && asked.underWay > 0) {
            return false;
        }
        long bound = plus(picoUsd, asked.dearest);
        for (Account account : accounts.values()) {
            bound = plus(bound, times(account.underWay + account.inDoubt, account.dearest));
        }
        return bound <= capPicoUsd;
    }

    /** Whether it will never again allow a call of the subject: spending only grows. */
    boolean isOver(String subject) {
        long bound = plus(picoUsd, account(subject).dearest);
        for (Account account : accounts.values()) {
            bound = plus(bound, times(account.inDoubt, account.dearest));
        }
        return isCapped() && bound > capPicoUsd;
    }

    boolean isCapped() {
        return capPicoUsd != NO_CAP;
    }

    /** What was paid so far. */
    BenchmarkListener.Spent spent() {
        Cost known = estimated ? Cost.estimatedPicoUsd(picoUsd) : Cost.knownPicoUsd(picoUsd);
        return new BenchmarkListener.Spent(known, unknown);
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long times(int calls, long each) {
        long product = calls * each;
        return calls > 0 && (product < 0 || product / calls != each) ? Long.MAX_VALUE : product;
    }

    private static final class Account {

        private int underWay;
        private int inDoubt;
        private long dearest;
        private boolean seen;
    }
}
