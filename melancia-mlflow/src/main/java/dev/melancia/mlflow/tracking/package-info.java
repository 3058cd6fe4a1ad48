/**
 * Experiments and runs of an MLflow server, written and read at once: every call waits for the server's answer. For
 * recording that never waits and survives a server that is down, see {@code dev.melancia.experiment}.
 *
 * <pre>{@code
 * try (MlflowApi api = MlflowApi.connect(settings)) {
 *     String experiment = Experiments.on(api).idOf("routing");
 *     Runs runs = Runs.on(api);
 *     try (ActiveRun run = runs.start(NewRun.builder(experiment).name("baseline").build())) {
 *         run.param("model", "ollama/gemma");
 *         run.metric("accuracy", 0.9);
 *     }
 *     RunSearch best = RunSearch.builder(experiment).orderBy("metrics.accuracy DESC").limit(1).build();
 *     ServerRun winner = runs.search(best).get(0);
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.tracking;

import org.jspecify.annotations.NullMarked;
