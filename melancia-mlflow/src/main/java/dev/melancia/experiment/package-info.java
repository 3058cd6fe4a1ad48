/**
 * Experiment tracking: runs with parameters, metrics, tags and artifacts, kept in a local folder and, when a server is
 * named, in MLflow.
 *
 * <pre>{@code
 * try (ExperimentTracker tracker = ExperimentTracker.builder(Path.of("melancia-runs"))
 *                 .experiment("routing")
 *                 .build();
 *         Run run = tracker.startRun("first")) {
 *     run.param("model", "ollama/llama3.2");
 *     run.metric("latency_seconds", 1.5);
 *     run.artifact("report.md", "# Report");
 * }
 * }</pre>
 *
 * <p>What the methods of a run accepted survives kill -9 of the process; a server that is down or hangs neither blocks nor
 * loses anything.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.experiment;

import org.jspecify.annotations.NullMarked;
