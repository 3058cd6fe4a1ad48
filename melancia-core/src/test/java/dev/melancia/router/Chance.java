package dev.melancia.router;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What a seed draws. Confined to one schedule. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** True with this probability. */
    boolean of(double probability) {
        return random.nextDouble() < probability;
    }

    /** In [0, bound). */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** In [least, most]. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    long bits() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T oneOf(T... some) {
        return some[random.nextInt(some.length)];
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Up to so many milliseconds; half of the time on a grid of 50 ms, where things come at the same moment. */
    long nanosUpTo(int mostMillis) {
        return of(.5)
                ? TimeUnit.MILLISECONDS.toNanos(50L * random.nextInt(mostMillis / 50 + 1))
                : random.nextLong(TimeUnit.MILLISECONDS.toNanos(mostMillis) + 1);
    }
}
