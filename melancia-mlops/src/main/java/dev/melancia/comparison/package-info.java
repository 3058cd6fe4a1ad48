/**
 * Experiment runs side by side: parameters that differ, metrics with the best run marked where that can be said, and tests
 * for metrics that have a value for each case, such as a question.
 *
 * <pre>{@code
 * RecordedRuns recorded = RecordedRuns.of(Path.of("melancia-runs"));
 * List<RecordedRun> runs = recorded.search("metrics.accuracy > 0.8", List.of("metrics.accuracy DESC"), 3);
 * RunsReport report = RunsReport.of(recorded, runs, MetricDirections.standard().lower("tokens"));
 * String table = RunsFormat.TEXT.render(report);
 * RunsFormat.HTML.write(report, Path.of("runs.html"));
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.comparison;

import org.jspecify.annotations.NullMarked;
