package dev.melancia.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long and how often a suite measures. */
enum Plan {
    /** Three forks of every row, interleaved: eleven to twelve minutes. The figures of the documents come from this. */
    FULL(3, 3, 3, 800),
    /** One fork of every row: two to three minutes, for a look while working. */
    QUICK(1, 2, 2, 1_000),
    /** Whether every row runs at all; its figures mean nothing. */
    SMOKE(1, 1, 1, 100);

    /** Each row has a fresh JVM in each round, and a peer's is next to ours: what the machine does meanwhile hits both. */
    final int rounds;

    final int warmups;
    final int iterations;
    private final long iterationMillis;

    Plan(int rounds, int warmups, int iterations, long iterationMillis) {
        this.rounds = rounds;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    TimeValue iteration() {
        return TimeValue.milliseconds(iterationMillis);
    }

    /** How many threads contend, one group each. */
    List<Integer> threads() {
        return this == FULL ? List.of(1, 2, 4, 8) : List.of(1, 8);
    }
}
