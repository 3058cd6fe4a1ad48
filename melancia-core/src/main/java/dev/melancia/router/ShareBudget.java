package dev.melancia.router;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets something extra, a retry or a hedge, happen for a share of the calls: each call pays in its share, each extra takes
 * out one whole. What calls paid in and nobody took adds up to no more than a reserve, with which it also begins, so that
 * quiet times buy no storm. Thread-safe, without locks.
 *
 * <p>Source: the retry budget of Finagle, without its clock: the reserve stands for its minimum of retries per second.
 */
final class ShareBudget {

    private static final long WHOLE = 1_000_000;

    private final long deposit;
    private final long most;
    private final AtomicLong balance;

    /**
     * A full budget.
     *
     * @param share of the calls, in [0, 1]; 0 allows nothing
     * @param reserve extras that may happen at once, at least 1
     */
    ShareBudget(double share, int reserve) {
        this.deposit = Math.round(requireShare(share) * WHOLE);
        this.most = deposit == 0 ? 0 : reserve * WHOLE;
        this.balance = new AtomicLong(most);
    }

    static double requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share of the calls must be in [0, 1], was " + share);
        }
        return share;
    }

    /** A call begins. */
    void onCall() {
        long now = balance.get();
        while (now < most) {
            if (balance.compareAndSet(now, Math.min(most, now + deposit))) {
                return;
            }
            now = balance.get();
        }
    }

    /** Whether one more may happen; it is paid for if so. */
    boolean tryTake() {
        long now = balance.get();
        while (now >= WHOLE) {
            if (balance.compareAndSet(now, now - WHOLE)) {
                return true;
            }
            now = balance.get();
        }
        return false;
    }
}
