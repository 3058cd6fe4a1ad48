package dev.melancia.tracking;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import dev.melancia.experiment.Run;
import java.util.List;

/** Makes a run an evaluation run, as the Python client's {@code mlflow.genai.evaluate} leaves it. Immutable. */
record EvaluationRun(BenchmarkReport report, TraceContent content) {

    /**
     * What the run is, its dataset, and a trace with its assessments for each outcome.
     *
     * @param keys names of the metrics, the scorers' first
     */
    void log(SubjectReport subject, List<String> keys, Run run) {
        run.tag("mlflow.runType", "genai_evaluate");
        run.dataset(EvaluationDataset.of(report.dataset()));
        AnswerTrace traces = new AnswerTrace(subject.name(), content);
        AnswerAssessments assessments =
                new AnswerAssessments(report.scorers(), keys, EvaluationDataset.name(report.dataset()), content);
        for (Outcome outcome : subject.outcomes()) {
            String id = AnswerTrace.id(run.id(), subject.name(), outcome);
            run.trace(traces.of(id, outcome), assessments.of(run.id(), id, outcome));
        }
    }
}
