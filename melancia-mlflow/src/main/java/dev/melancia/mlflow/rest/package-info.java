/**
 * The connection to an MLflow server: settings, requests and what they fail with.
 *
 * <pre>{@code
 * MlflowSettings settings = MlflowSettings.builder(URI.create("http://127.0.0.1:5000")).build();
 * try (MlflowApi api = MlflowApi.connect(settings)) {
 *     JsonNode run = api.get("/api/2.0/mlflow/runs/get?run_id=" + MlflowApi.encode(runId));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.rest;

import org.jspecify.annotations.NullMarked;
