package dev.melancia.cost;

/**
 * Stated or measured traffic, for projections. Immutable.
 *
 * @param callsPerDay at least 0
 * @param inputTokensPerCall mean tokens of a prompt, at least 0
 * @param outputTokensPerCall mean tokens of an answer, at least 0
 * @since 0.1.0
 */
public record Traffic(long callsPerDay, long inputTokensPerCall, long outputTokensPerCall) {

    public Traffic {
        if (callsPerDay < 0 || inputTokensPerCall < 0 || outputTokensPerCall < 0) {
            throw new IllegalArgumentException("traffic must be at least 0, was " + callsPerDay + " calls a day of "
                    + inputTokensPerCall + " input and " + outputTokensPerCall + " output tokens");
        }
    }
}
