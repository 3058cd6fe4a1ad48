/**
 * Experiments and runs of an MLflow server, written and read at once: every call waits for the server's answer. For
 * recording that never waits and survives a server that is down, see {@code dev.melancia.experiment}.
 *
 * <pre>{@code
 * try (MlflowApi api = MlflowApi.connect(settings)) {
 *     String id = Experiments.on(api).idOf("routing");
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.tracking;

import org.jspecify.annotations.NullMarked;
