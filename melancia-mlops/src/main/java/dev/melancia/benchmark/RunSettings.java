package dev.melancia.benchmark;

/**
 * How a benchmark ran, for whoever wants to run it again. Immutable.
 *
 * @param concurrency questions under way at once, in [1, 1024]
 * @param warmUp calls to each subject outside the record, at least 0
 * @param seed of the order of the questions
 * @param together whether the subjects shared the time instead of running one after another
 */
record RunSettings(int concurrency, int warmUp, long seed, boolean together) {

    private static final int MOST_CONCURRENCY = 1024;

    RunSettings {
        if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be in [1, " + MOST_CONCURRENCY + "], was " + concurrency);
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException("warmUp must be at least 0, was " + warmUp);
        }
    }
}
