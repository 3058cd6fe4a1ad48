/**
 * Which model and which prompt the application uses, who decided it and how to go back: on an MLflow server or in a
 * folder.
 *
 * <pre>{@code
 * ModelRegistry models = ModelRegistry.mlflow(api);                         // or ModelRegistry.local(folder)
 * Registration candidate = Registration.ofRun("answers", runId, "model").evidence("gate", "passed").build();
 * int version = models.register(candidate, ChangeNote.by("ana", "new routing policy")).version();
 * models.move("answers", version, ModelStage.STAGING, ChangeNote.by("ana", "to be tried"));
 * models.move("answers", version, ModelStage.PRODUCTION, ChangeNote.by("rui", "approved"));
 * models.rollback("answers", version, ChangeNote.by("rui", "wrong dates"));  // the version before serves again
 *
 * ServedPrompt prompt = PromptRegistry.mlflow(api).byAlias("answer", "production");
 * CallContext context = CallContext.builder().promptVersion(prompt.label()).build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.registry;

import org.jspecify.annotations.NullMarked;
