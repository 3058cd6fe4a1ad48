package dev.melancia.benchmark;

import java.time.Instant;

/**
 * What is known of a run beside its outcomes. Immutable.
 *
 * @param startedAt when its first process began
 * @param settings how it ran
 * @param unasked questions that have no outcome, over all subjects and repeats
 * @param endedBy why it ended
 * @param inDoubt calls that were under way when a process of the run died
 * @param spent what was paid
 */
record RunFacts(
        Instant startedAt,
        RunSettings settings,
        int unasked,
        BenchmarkResult.EndedBy endedBy,
        int inDoubt,
        BenchmarkListener.Spent spent) {}
