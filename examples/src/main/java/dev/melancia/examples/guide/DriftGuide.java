package dev.melancia.examples.guide;

import dev.melancia.drift.DriftDetector;
import dev.melancia.drift.DriftReport;
import java.util.List;
import java.util.Map;

/** The drift guide's code. */
final class DriftGuide {

    private DriftGuide() {}

    static DriftDetector detector(double[] baselineSeconds, double[] baselineScores) {
        // region detector
        DriftDetector detector = DriftDetector.builder()
                .baseline("latency", "s", baselineSeconds)
                .baseline("quality", "token F1", baselineScores)
                .minimumShift("latency", 0.5) // half a second is what a user notices
                .alpha(0.001) // asked every hour
                .build();
        // endregion
        return detector;
    }

    static List<String> check(DriftDetector detector, double[] lastHourSeconds, double[] lastHourScores) {
        // region check
        DriftReport report = detector.check(Map.of("latency", lastHourSeconds, "quality", lastHourScores));
        List<String> alerts = report.drifted().stream()
                .map(drift -> drift.severity() + ": " + drift.explain())
                .toList();
        // endregion
        return alerts;
    }
}
