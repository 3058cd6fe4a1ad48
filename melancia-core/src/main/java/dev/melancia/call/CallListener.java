package dev.melancia.call;

/**
 * Reads the record of every finished call. Called once a call, on the thread that ended it, before the host has its
 * answer: do constant work and hand anything slow to a queue of your own. What it throws is logged and never reaches
 * the call.
 *
 * <p>Implementations must be thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallListener {

    void onCall(CallRecord record);

    /**
     * What a user said of a call, usually long after its record and possibly more than once or in another process than
     * the call. Runs on the thread of the host that hands it over; nothing is done with it unless overridden.
     */
    default void onFeedback(UserFeedback feedback) {}
}
