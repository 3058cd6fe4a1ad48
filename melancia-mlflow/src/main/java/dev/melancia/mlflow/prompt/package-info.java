/**
 * MLflow's prompt registry: named templates with versions and aliases, the same that Python's
 * {@code mlflow.genai.load_prompt} reads and writes. Every call waits for the server's answer.
 *
 * <pre>{@code
 * try (MlflowApi api = MlflowApi.connect(settings)) {
 *     Prompts prompts = Prompts.on(api);
 *     PromptTemplate template = PromptTemplate.text("Answer in {{ language }}: {{ question }}");
 *     PromptVersion version = prompts.register(NewPrompt.of("answer", template).message("first").build());
 *     prompts.setAlias("answer", "production", version.version());
 *     String text = prompts.byAlias("answer", "production")
 *             .template().fill(Map.of("language", "Portuguese", "question", question));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.prompt;

import org.jspecify.annotations.NullMarked;
