package dev.melancia.mlflow.prompt;

import static java.util.Objects.requireNonNull;

/**
 * A message of a chat template.
 *
 * @param role such as {@code system}, {@code user} or {@code assistant}, not blank
 * @param content may have variables {@code {{ name }}}
 * @since 0.1.0
 */
public record PromptMessage(String role, String content) {

    /** @throws IllegalArgumentException when the role is blank */
    public PromptMessage {
        requireNonNull(content, "content");
        if (requireNonNull(role, "role").isBlank()) {
            throw new IllegalArgumentException(
                    "role of a message must not be blank; such as system, user or assistant");
        }
    }

    /** A message of the role {@code system}. */
    public static PromptMessage system(String content) {
        return new PromptMessage("system", content);
    }

    /** A message of the role {@code user}. */
    public static PromptMessage user(String content) {
        return new PromptMessage("user", content);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "PromptMessage[" + role + ", " + content.length() + " characters]";
    }
}
