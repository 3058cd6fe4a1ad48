package dev.melancia.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.drift.DriftVerdict.Drifted;
import dev.melancia.drift.DriftVerdict.Stable;
import dev.melancia.drift.DriftVerdict.TooFewSamples;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

    private static final double[] BASELINE = range(0, 100);

    @Test
    void equalValuesAreStable() {
        DriftVerdict verdict = latencyDetector().check("latency", BASELINE);

        assertThat(verdict).isInstanceOf(Stable.class);
        assertThat(verdict.isDrifted()).isFalse();
        assertThat(verdict.isJudged()).isTrue();
        assertThat(verdict.explain())
                .isEqualTo("latency is stable: the difference is small and can be chance; median from 49.5 to 49.5 s"
                        + " (D = 0, minimum 0.1; adjusted p = 1, alpha 0.05; 100 baseline and 100 current values)");
    }

    @Test
    void slowerCallsDriftHigherWithAllTheirNumbers() {
        DriftVerdict verdict = latencyDetector().check("latency", range(40, 140));

        assertThat(verdict).isInstanceOfSatisfying(Drifted.class, drift -> {
            DriftEvidence evidence = drift.evidence();
            assertThat(drift.severity()).isEqualTo(DriftSeverity.HIGH);
            assertThat(evidence.direction()).isEqualTo(DriftDirection.HIGHER);
            assertThat(evidence.test().statistic()).isEqualTo(0.4);
            assertThat(evidence.test().pValue()).isLessThan(1e-6);
            assertThat(evidence.adjustedPValue()).isEqualTo(evidence.test().pValue());
            assertThat(evidence.alpha()).isEqualTo(0.05);
            assertThat(evidence.minimumEffect()).isEqualTo(0.1);
            assertThat(evidence.effects().medianShift()).isEqualTo(40);
            assertThat(evidence.effects().cliffsDelta()).isCloseTo(0.64, within(1e-12));
            assertThat(evidence.baselineMedian()).isEqualTo(49.5);
            assertThat(evidence.currentMedian()).isEqualTo(89.5);
            assertThat(evidence.unit()).isEqualTo("s");
        });
        assertThat(verdict.metric()).isEqualTo("latency");
        assertThat(verdict.baselineSize()).isEqualTo(100);
        assertThat(verdict.currentSize()).isEqualTo(100);
        assertThat(verdict.explain())
                .isEqualTo("latency drifted higher, severity HIGH: median from 49.5 to 89.5 s, 95th percentile by +40 s"
                        + " (D = 0.4, minimum 0.1; adjusted p < 0.0001, alpha 0.05;"
                        + " 100 baseline and 100 current values)");
    }

    @Test
    void fasterCallsDriftLower() {
        assertThat(latencyDetector().check("latency", range(-25, 75))).isInstanceOfSatisfying(Drifted.class, drift -> {
            assertThat(drift.severity()).isEqualTo(DriftSeverity.MEDIUM);
            assertThat(drift.evidence().direction()).isEqualTo(DriftDirection.LOWER);
            assertThat(drift.explain()).contains("drifted lower", "95th percentile by -25 s");
        });
    }

    @Test
    void widerSpreadDriftsInShape() {
        double[] halvesApart = IntStream.range(0, 100)
                .mapToDouble(i -> i < 50 ? i - 60 : i + 60)
                .toArray();

        assertThat(latencyDetector().check("latency", halvesApart)).isInstanceOfSatisfying(Drifted.class, drift -> {
            assertThat(drift.evidence().direction()).isEqualTo(DriftDirection.MIXED);
            assertThat(drift.explain()).contains("drifted in shape");
        });
    }

    @Test
    void certainButSmallDifferenceIsNotDrift() {
        double[] many = new SplittableRandom(1).doubles(20_000).toArray();
        double[] moved = new SplittableRandom(2).doubles(20_000, 0.05, 1.05).toArray();
        DriftDetector detector =
                DriftDetector.builder().baseline("quality", "points", many).build();

        assertThat(detector.check("quality", moved)).isInstanceOfSatisfying(Stable.class, stable -> {
            assertThat(stable.evidence().isSignificant()).isTrue();
            assertThat(stable.evidence().isLargeEnough()).isFalse();
            assertThat(stable.explain()).contains("more than chance but too small to matter");
        });
    }

    @Test
    void certainDifferenceBelowTheMinimumShiftIsNotDrift() {
        double[] baseline = range(0, 100);
        double[] moved = range(40, 140);
        DriftDetector.Builder builder = DriftDetector.builder().baseline("latency", "ms", baseline);
        assertThat(builder.minimumShift("latency", 40)
                        .build()
                        .check("latency", moved)
                        .isDrifted())
                .isTrue();
        assertThat(builder.minimumShift("latency", 41).build().check("latency", moved))
                .isInstanceOfSatisfying(Stable.class, stable -> {
                    assertThat(stable.evidence().isSignificant()).isTrue();
                    assertThat(stable.explain())
                            .contains("more than chance but too small to matter", "minimum shift 41 ms");
                });
        assertThatThrownBy(() -> builder.minimumShift("latency", -1))
                .hasMessage("minimumShift of latency must be at least 0 and finite, was -1.0");
        assertThatThrownBy(() -> builder.minimumShift("quality", 1))
                .hasMessage("metric must have a baseline first, one of [latency], was quality");
    }

    @Test
    void largeButUncertainDifferenceIsNotDrift() {
        DriftDetector detector =
                DriftDetector.builder().baseline("latency", "s", range(0, 30)).build();

        assertThat(detector.check("latency", range(5, 35))).isInstanceOfSatisfying(Stable.class, stable -> {
            assertThat(stable.evidence().isSignificant()).isFalse();
            assertThat(stable.evidence().isLargeEnough()).isTrue();
            assertThat(stable.explain()).contains("can be chance with so few values");
        });
    }

    @Test
    void severityThresholdsFollowD() {
        DriftDetector byDefault = latencyDetector();
        DriftDetector sensitive = DriftDetector.builder()
                .baseline("latency", "s", BASELINE)
                .severity(0.25, 0.35)
                .build();

        assertThat(severity(byDefault, 30)).isEqualTo(DriftSeverity.MEDIUM);
        assertThat(severity(byDefault, 31)).isEqualTo(DriftSeverity.HIGH);
        assertThat(severity(sensitive, 24)).isEqualTo(DriftSeverity.LOW);
        assertThat(severity(sensitive, 25)).isEqualTo(DriftSeverity.MEDIUM);
        assertThat(severity(sensitive, 36)).isEqualTo(DriftSeverity.HIGH);
    }

    @Test
    void metricsCheckedTogetherAreCorrectedTogether() {
        DriftDetector detector = DriftDetector.builder()
                .baseline("latency", "s", BASELINE)
                .baseline("quality", "points", BASELINE)
                .baseline("tokens", "tokens", BASELINE)
                .build();
        double[] borderline = range(20, 120);

        DriftReport together = detector.check(Map.of("latency", borderline, "quality", BASELINE, "tokens", BASELINE));

        assertThat(detector.check("latency", borderline).isDrifted()).isTrue();
        assertThat(together.isDrifted()).isFalse();
        assertThat(together.verdict("latency"))
                .get()
                .isInstanceOfSatisfying(
                        Stable.class,
                        stable -> assertThat(stable.evidence().adjustedPValue())
                                .isEqualTo(3 * stable.evidence().test().pValue()));
    }

    @Test
    void aMetricWithoutValuesIsNotJudgedAndCostsTheOthersNothing() {
        DriftDetector detector = DriftDetector.builder()
                .baseline("quality", "points", BASELINE)
                .baseline("latency", "s", BASELINE)
                .build();

        DriftReport report = detector.check(Map.of("latency", range(20, 120)));

        assertThat(report.verdicts()).extracting(DriftVerdict::metric).containsExactly("quality", "latency");
        assertThat(report.verdict("quality")).get().isEqualTo(new TooFewSamples("quality", 100, 0, 30));
        assertThat(report.verdict("latency"))
                .get()
                .extracting(DriftVerdict::isDrifted)
                .isEqualTo(true);
        assertThat(report.drifted()).extracting(Drifted::severity).containsExactly(DriftSeverity.MEDIUM);
        assertThat(report.verdict("cost")).isEmpty();
    }

    @Test
    void fewValuesAreNotJudgedOnEitherSide() {
        DriftVerdict few = latencyDetector().check("latency", range(500, 529));
        DriftDetector young =
                DriftDetector.builder().baseline("latency", "s", range(0, 29)).build();

        assertThat(few.isJudged()).isFalse();
        assertThat(few.isDrifted()).isFalse();
        assertThat(few.explain())
                .isEqualTo("latency cannot be judged: 29 current and 100 baseline values,"
                        + " at least 30 of each are needed");
        assertThat(young.check("latency", range(500, 600)).isJudged()).isFalse();
        assertThat(latencyDetector().check("latency", range(500, 530)).isDrifted())
                .isTrue();
    }

    @Test
    void baselineThatWandersByItselfRaisesTheGate() {
        double[] twoLevels = IntStream.range(0, 200)
                .mapToDouble(i -> i / 50 % 2 == 0 ? i : i + 1_000)
                .toArray();
        double[] upperLevel = range(1_000, 1_200);
        DriftDetector plain =
                DriftDetector.builder().baseline("latency", "s", twoLevels).build();
        DriftDetector calibrated = DriftDetector.builder()
                .baseline("latency", "s", twoLevels)
                .referenceChunks(4)
                .build();

        assertThat(plain.check("latency", upperLevel).isDrifted()).isTrue();
        assertThat(calibrated.check("latency", upperLevel))
                .isInstanceOfSatisfying(
                        Stable.class,
                        stable -> assertThat(stable.evidence().minimumEffect()).isGreaterThan(0.6));
        assertThat(calibrated.check("latency", range(5_000, 5_200)).isDrifted()).isTrue();
    }

    @Test
    void sameValuesGiveTheSameReportInAnyOrder() {
        double[] ratings =
                new SplittableRandom(5).ints(25_000, 0, 5).asDoubleStream().toArray();
        double[] current =
                new SplittableRandom(6).ints(25_000, 0, 5).asDoubleStream().toArray();
        double[] reversed =
                IntStream.range(0, 25_000).mapToDouble(i -> current[24_999 - i]).toArray();
        DriftDetector detector = DriftDetector.builder()
                .baseline("rating", "stars", ratings)
                .seed(7)
                .build();

        DriftReport first = detector.check(Map.of("rating", current));
        assertThat(detector.check(Map.of("rating", reversed))).hasToString(first.explain());
        assertThat(first.verdicts().get(0))
                .isInstanceOfSatisfying(
                        Stable.class,
                        stable -> assertThat(stable.evidence().test().permutations())
                                .hasValue(1_999));
    }

    @Test
    void smallFiguresKeepThreeDigits() {
        double[] dollars = IntStream.range(0, 100).mapToDouble(i -> 1e-6 * i).toArray();
        DriftDetector detector =
                DriftDetector.builder().baseline("cost", "USD", dollars).build();

        assertThat(detector.check("cost", dollars).explain()).contains("median from 0.0000495 to 0.0000495 USD");
    }

    private static DriftSeverity severity(DriftDetector detector, int shift) {
        return ((Drifted) detector.check("latency", range(shift, 100 + shift))).severity();
    }

    private static DriftDetector latencyDetector() {
        return DriftDetector.builder().baseline("latency", "s", BASELINE).build();
    }

    private static double[] range(int from, int to) {
        return IntStream.range(from, to).asDoubleStream().toArray();
    }
}
