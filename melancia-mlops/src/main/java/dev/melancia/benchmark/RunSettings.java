package dev.melancia.benchmark;

/**
 * How a benchmark runs, for whoever wants to run it again or go on with it. Immutable.
 *
 * @param mode which questions are asked
 * @param warmUp calls to each subject outside the record, at least 0
 * @param repeats how often each question is asked, in [1, 1000]
 * @param seed of the order of the questions and of the sample
 * @param maxConcurrency calls under way in all, in [1, 1024]
 */
record RunSettings(Benchmark.Mode mode, int warmUp, int repeats, long seed, int maxConcurrency) {

    private static final int MOST_CONCURRENCY = 1024;
    private static final int MOST_REPEATS = 1000;

    RunSettings {
        inRange("maxConcurrency", maxConcurrency, MOST_CONCURRENCY);
        inRange("repeats", repeats, MOST_REPEATS);
        if (warmUp < 0) {
            throw new IllegalArgumentException("warmUp must be at least 0, was " + warmUp);
        }
        if (mode == Benchmark.Mode.QUICK && repeats != 1) {
            throw new IllegalArgumentException(
                    "repeats must be 1 in quick mode, was " + repeats + "; leave repeats out or run in full mode");
        }
    }

    private static void inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be in [1, " + most + "], was " + value);
        }
    }
}
