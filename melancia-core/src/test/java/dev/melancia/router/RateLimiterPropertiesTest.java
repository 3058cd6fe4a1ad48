package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.routing.RateLimit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random limits and times, beside the same algorithm in fractions of any size. */
class RateLimiterPropertiesTest {

    private static final int LIMITS = 2_000;
    private static final int CALLS = 300;

    @Test
    void limiterSaysWhatExactArithmeticSays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < LIMITS; i++) {
            int calls = 1 + random.nextInt(1 << (1 + random.nextInt(30)));
            long period = 1 + (random.nextLong() >>> 1) % (1L << (1 + random.nextInt(50)));
            RateLimit limit = new RateLimit(calls, Duration.ofNanos(period), 1 + random.nextInt(20));
            refused += compare(limit, random, "seed " + seed + " " + limit);
        }
        assertThat(refused).as("both answers must be met").isBetween(LIMITS, LIMITS * CALLS - LIMITS);
    }

    private static int compare(RateLimit limit, Random random, String what) {
        long origin = random.nextLong();
        RateLimiter limiter = new RateLimiter(limit, origin);
        Exact exact = new Exact(limit);
        long interval = 1 + limit.period().toNanos() / limit.calls();
        long elapsed = 0;
        int refused = 0;
        for (int call = 0; call < CALLS; call++) {
            long wait = exact.waitNanos(elapsed);
            assertThat(limiter.waitNanos(origin + elapsed)).as(what).isEqualTo(wait);
            assertThat(limiter.restNanos(origin + elapsed)).as(what).isEqualTo(exact.restNanos(elapsed));
            assertThat(limiter.tryAcquire(origin + elapsed)).as(what).isEqualTo(wait == 0);
            if (wait == 0) {
                exact.begin(elapsed);
            } else {
                refused++;
            }
            elapsed += switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> exact.waitNanos(elapsed);
                case 2 -> Math.max(0, exact.waitNanos(elapsed) - 1);
                case 3 -> (random.nextLong() >>> 1) % (10 * interval);
                default -> (random.nextLong() >>> 1) % interval;
            };
        }
        return refused;
    }

    /** Times are in calls-ths of a nanosecond since the origin. */
    private static final class Exact {
        private final BigInteger calls;
        private final BigInteger interval;
        private final BigInteger lead;
        private BigInteger due = BigInteger.ZERO;

        Exact(RateLimit limit) {
            calls = BigInteger.valueOf(limit.calls());
            interval = BigInteger.valueOf(limit.period().toNanos());
            lead = interval.multiply(BigInteger.valueOf(limit.burst() - 1L));
        }

        long waitNanos(long elapsed) {
            return ceiling(
                    due.subtract(lead).subtract(BigInteger.valueOf(elapsed).multiply(calls)));
        }

        long restNanos(long elapsed) {
            return ceiling(due.subtract(BigInteger.valueOf(elapsed).multiply(calls)));
        }

        void begin(long elapsed) {
            boolean late = elapsed
                    > due.add(calls).subtract(BigInteger.ONE).divide(calls).longValueExact();
            due = (late ? BigInteger.valueOf(elapsed).multiply(calls) : due).add(interval);
        }

        private long ceiling(BigInteger parts) {
            return parts.signum() <= 0
                    ? 0
                    : parts.add(calls).subtract(BigInteger.ONE).divide(calls).longValueExact();
        }
    }
}
