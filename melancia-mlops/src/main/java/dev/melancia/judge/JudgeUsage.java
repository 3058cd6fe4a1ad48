package dev.melancia.judge;

import dev.melancia.cost.Cost;

/**
 * What judging has taken so far. Immutable.
 *
 * @param calls calls to the judge's model, failed ones and repetitions included
 * @param failedCalls calls that threw; what they cost is not known
 * @param malformed replies without a verdict; they were paid for
 * @param excluded verdicts asked for and never given: counted as failed scores, or left out of a comparison
 * @param inputTokens tokens read, of the calls that reported them
 * @param outputTokens tokens written, of the calls that reported them
 * @param uncounted answered calls that did not report their tokens
 * @param cost of all answered calls; unknown without a price, and while one call's cost is
 * @since 0.1.0
 */
public record JudgeUsage(
        long calls,
        long failedCalls,
        long malformed,
        long excluded,
        long inputTokens,
        long outputTokens,
        long uncounted,
        Cost cost) {}
