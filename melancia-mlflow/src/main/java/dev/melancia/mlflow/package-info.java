/**
 * MLflow for Java, without Python: one client with everything a server offers. What it is made of stands in the packages
 * below, each of which can be used by itself.
 *
 * <pre>{@code
 * try (MlflowClient mlflow = MlflowClient.fromEnvironment();
 *         ActiveRun run = mlflow.startRun("routing", "baseline")) {
 *     run.param("model", "ollama/gemma");
 *     run.metric("accuracy", 0.9);
 *     run.artifact("report.md", "# It works");
 *     List<MetricPoint> points = mlflow.runs().history(run.id(), "accuracy");
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow;

import org.jspecify.annotations.NullMarked;
