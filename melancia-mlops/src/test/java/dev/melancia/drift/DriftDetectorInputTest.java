package dev.melancia.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftDetectorInputTest {

    private static final double[] BASELINE =
            IntStream.range(0, 100).asDoubleStream().toArray();

    @Test
    void laterChangesOfTheBaselineArrayDoNotReachIt() {
        double[] values = BASELINE.clone();
        DriftDetector.Builder builder = DriftDetector.builder().baseline("latency", "s", values);
        Arrays.fill(values, 1e9);

        assertThat(builder.build().check("latency", BASELINE).isDrifted()).isFalse();
    }

    @Test
    void rejectsUnknownMetricsAndValuesThatWereNotMeasured() {
        DriftDetector detector =
                DriftDetector.builder().baseline("latency", "s", BASELINE).build();
        Map<String, double[]> withNull = new HashMap<>();
        withNull.put("latency", null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.check(Map.of("latencies", BASELINE)))
                .withMessage("metric must have a baseline, one of [latency], was latencies");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.check("latency", 1, Double.NaN))
                .withMessage("latency[1] must be a finite number, was NaN; leave values out that were not measured");
        assertThatNullPointerException()
                .isThrownBy(() -> detector.check(withNull))
                .withMessage("latency");
    }

    @Test
    void rejectsSettingsOutOfRange() {
        DriftDetector.Builder builder = DriftDetector.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("at least one baseline");
        builder.baseline("latency", "s", BASELINE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.baseline("latency", "s", BASELINE))
                .withMessage("metric must have one baseline, was given a second: latency");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.baseline(" ", "s", BASELINE));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.baseline("empty", "s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.alpha(0))
                .withMessage("alpha must be in (0, 1), was 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.alpha(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.minimumEffect(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.minimumSampleSize(3));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.referenceChunks(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.severity(0.4, 0.3))
                .withMessage("severity thresholds must be 0 <= mediumFrom <= highAbove <= 1, were 0.4 and 0.3");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.referenceChunks(4).build())
                .withMessage("baseline latency must hold at least 30 values in each of 4 reference chunks,"
                        + " holds 100 in all; use fewer chunks or more values");
    }

    @Test
    void explainsAnyFiniteValues() {
        double[] low = new double[50];
        double[] high = new double[50];
        Arrays.fill(low, -Double.MAX_VALUE);
        Arrays.fill(high, Double.MAX_VALUE);
        DriftDetector detector =
                DriftDetector.builder().baseline("odd", "units", low).build();

        assertThat(detector.check("odd", high).explain()).startsWith("odd drifted higher, severity HIGH");
        assertThat(detector.check("odd", new double[50]).explain()).contains("to 0 units");
    }
}
