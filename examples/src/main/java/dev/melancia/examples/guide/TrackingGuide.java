package dev.melancia.examples.guide;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.experiment.RunComparison;
import dev.melancia.mlflow.event.DatasetInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The experiment tracking guide's code. */
final class TrackingGuide {

    private TrackingGuide() {}

    static ExperimentTracker tracker(Path folder, Map<String, String> environment) {
        // region tracker
        ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder, environment); // System.getenv()
        // endregion
        return tracker;
    }

    static void record(ExperimentTracker tracker, String report) {
        // region record
        try (Run run = tracker.startRun("prompt with sources")) {
            run.param("model", "ollama/phi3:mini"); // once and for all
            run.metric("token_f1", 0.61); // step 0
            run.metric("token_f1", 0.64); // step 1
            run.metrics(Map.of("latency_seconds", 1.5, "output_tokens", 48.0)); // one write
            run.tag("dataset", "retail-media");
            run.artifact("report.md", report);
        }
        // endregion
    }

    static void nested(ExperimentTracker tracker, List<String> models) {
        // region nested
        tracker.inRun(
                "models of the week",
                week -> { // fails the run when this throws
                    week.dataset(DatasetInput.builder("retail-media", "v3")
                            .context("eval")
                            .build());
                    for (String model : models) {
                        try (Run run = week.startNested(model)) {
                            run.param("model", model);
                            run.table(
                                    "answers.json",
                                    List.of("question", "answer"),
                                    List.of(List.of("O que é CPM?", "…")));
                        }
                    }
                });
        // endregion
    }

    static boolean flush(ExperimentTracker tracker) {
        // region flush
        boolean delivered = tracker.flush(Duration.ofSeconds(30)); // on disk; and in MLflow, if there is one
        // endregion
        return delivered;
    }

    static RunComparison compare(ExperimentTracker tracker) {
        // region compare
        RunComparison comparison = tracker.compare(tracker.runs()); // of this folder, whatever process wrote them
        // endregion
        return comparison;
    }
}
