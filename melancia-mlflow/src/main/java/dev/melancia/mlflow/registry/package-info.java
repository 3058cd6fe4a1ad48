/**
 * MLflow's model registry: models, their versions, stages and aliases. Every call waits for the server's answer.
 *
 * <pre>{@code
 * try (MlflowApi api = MlflowApi.connect(settings)) {
 *     RegisteredModels models = RegisteredModels.on(api);
 *     models.ensure("answers");
 *     ModelVersion version = models.versions().register(NewVersion.ofRun("answers", runId, "model").build());
 *     models.versions().moveTo("answers", version.version(), ModelStage.STAGING, true);
 *     models.versions().setAlias("answers", "champion", version.version());
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.registry;

import org.jspecify.annotations.NullMarked;
