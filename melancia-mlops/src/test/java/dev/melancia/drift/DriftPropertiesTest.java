package dev.melancia.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Seeded simulation of many checks: how often drift is declared, and whether it should be. */
class DriftPropertiesTest {

    private static final int CHECKS = 2_000;
    private static final double ALPHA = 0.05;
    private static final double THREE_STANDARD_ERRORS = 3 * Math.sqrt(ALPHA * (1 - ALPHA) / CHECKS);

    @Test
    void falseAlarmsOverThreeMetricsStayAtOrBelowAlpha() {
        assertThat(alarms(0, 0)).isLessThanOrEqualTo(ALPHA + THREE_STANDARD_ERRORS);
    }

    @Test
    void theTestUsesItsAlphaSoThatItIsNotSimplySilent() {
        assertThat(alarms(0, 0)).isGreaterThan(ALPHA / 3);
    }

    @Test
    void theEffectGateLeavesFewerFalseAlarms() {
        assertThat(alarms(0, 0.4)).isLessThan(alarms(0, 0));
    }

    @Test
    void aShiftOfOneStandardDeviationIsSeen() {
        assertThat(alarms(1, 0.1)).isGreaterThan(0.95);
    }

    /** Share of checks, 60 values against 40 in each of three metrics, one of them tied, that declare drift. */
    private static double alarms(double latencyShift, double minimumEffect) {
        return LongStream.range(0, CHECKS)
                        .filter(seed -> isDrifted(new SplittableRandom(seed), latencyShift, minimumEffect))
                        .count()
                / (double) CHECKS;
    }

    private static boolean isDrifted(SplittableRandom random, double latencyShift, double minimumEffect) {
        DriftDetector detector = DriftDetector.builder()
                .baseline("latency", "s", logLatency(random, 60, 0))
                .baseline("quality", "points", random.doubles(60).toArray())
                .baseline("rating", "stars", ratings(random, 60))
                .alpha(ALPHA)
                .minimumEffect(minimumEffect)
                .build();
        return detector.check(Map.of(
                        "latency", logLatency(random, 40, latencyShift),
                        "quality", random.doubles(40).toArray(),
                        "rating", ratings(random, 40)))
                .isDrifted();
    }

    private static double[] logLatency(SplittableRandom random, int size, double shift) {
        return DoubleStream.generate(() -> random.nextGaussian() + shift)
                .limit(size)
                .toArray();
    }

    private static double[] ratings(SplittableRandom random, int size) {
        return random.ints(size, 1, 6).asDoubleStream().toArray();
    }
}
