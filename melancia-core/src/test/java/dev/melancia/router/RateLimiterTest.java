package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.routing.RateLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long START =
            Math.subtractExact(Long.MAX_VALUE, 5); // the ticker's origin is arbitrary: it may well overflow
    private static final long SECOND = 1_000_000_000L;

    @Test
    void burstBeginsAtOnceAndThenOneCallAnInterval() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(10).withBurst(3), START);
        assertThat(begun(limiter, START)).isEqualTo(3);
        assertThat(limiter.waitNanos(START)).isEqualTo(SECOND / 10);
        assertThat(begun(limiter, START + SECOND / 10 - 1)).isZero();
        assertThat(begun(limiter, START + SECOND / 10)).isEqualTo(1);
        assertThat(begun(limiter, START + 2 * SECOND / 10)).isEqualTo(1);
    }

    @Test
    void pauseSavesUpTheBurstAndNoMore() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(10).withBurst(3), START);
        begun(limiter, START);
        assertThat(begun(limiter, START + 2 * SECOND / 10)).isEqualTo(2);
        assertThat(begun(limiter, START + 1_000_000 * SECOND)).isEqualTo(3);
    }

    @Test
    void refusedCallsTakeNothing() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(1), START);
        assertThat(limiter.tryAcquire(START)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.tryAcquire(START + i)).isFalse();
        }
        assertThat(limiter.waitNanos(START + 999)).isEqualTo(SECOND - 999);
        assertThat(limiter.tryAcquire(START + SECOND)).isTrue();
    }

    @Test
    void runAtFullSpeedSeesExactlyTheCallsOfEveryPeriodHoweverTheyDivide() {
        for (RateLimit limit : List.of(
                RateLimit.perSecond(3).withBurst(1),
                RateLimit.perSecond(7).withBurst(1),
                RateLimit.perMinute(61).withBurst(1),
                new RateLimit(10_007, Duration.ofSeconds(1), 1),
                new RateLimit(99_991, Duration.ofNanos(1_000_000_007), 1))) {
            RateLimiter limiter = new RateLimiter(limit, START);
            long now = START;
            long calls = 0;
            long periods = Math.max(2, 100_000 / limit.calls());
            while (now - START < periods * limit.period().toNanos()) {
                assertThat(limiter.tryAcquire(now))
                        .as("%s at %d", limit, now - START)
                        .isTrue();
                calls++;
                now += limiter.waitNanos(now);
            }
            assertThat(calls).as("%s", limit).isEqualTo(periods * limit.calls());
        }
    }

    @Test
    void waitIsWhatItTakes() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(3).withBurst(1), START);
        assertThat(limiter.waitNanos(START)).isZero();
        assertThat(limiter.tryAcquire(START)).isTrue();
        assertThat(limiter.waitNanos(START))
                .as("a third of a second, rounded up")
                .isEqualTo(333_333_334);
        assertThat(limiter.tryAcquire(START + 333_333_333)).isFalse();
        assertThat(limiter.tryAcquire(START + 333_333_334)).isTrue();
    }

    @Test
    void limiterIsRestedWhenItsBurstIsWhole() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(3).withBurst(2), START);
        assertThat(limiter.restNanos(START)).isZero();
        begun(limiter, START);
        assertThat(limiter.restNanos(START)).isEqualTo(666_666_667);
        assertThat(limiter.restNanos(START + 666_666_667)).isZero();
        assertThat(begun(limiter, START + 666_666_667)).isEqualTo(2);
    }

    @Test
    void extremeLimitsNeitherOverflowNorBlock() {
        RateLimiter slow = new RateLimiter(new RateLimit(1, Duration.ofDays(31), Integer.MAX_VALUE), START);
        for (int i = 0; i < 800; i++) {
            assertThat(slow.tryAcquire(START)).isTrue();
        }
        RateLimiter fast = new RateLimiter(new RateLimit(Integer.MAX_VALUE, Duration.ofNanos(1), 1), START);
        assertThat(fast.tryAcquire(START)).isTrue();
        assertThat(fast.waitNanos(START)).isEqualTo(1);
        assertThat(fast.tryAcquire(START + 1)).isTrue();
    }

    @Test
    void clockOfAThreadThatComesLateGivesNothingExtra() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(1), START);
        assertThat(limiter.tryAcquire(START + SECOND)).isTrue();
        assertThat(limiter.tryAcquire(START)).isFalse();
        assertThat(limiter.waitNanos(START + SECOND)).isEqualTo(SECOND);
    }

    private static int begun(RateLimiter limiter, long now) {
        int begun = 0;
        while (limiter.tryAcquire(now)) {
            begun++;
        }
        return begun;
    }
}
