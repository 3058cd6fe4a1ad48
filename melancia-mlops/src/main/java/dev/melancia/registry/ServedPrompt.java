package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Duration;

/**
 * The prompt an alias stands for, as a user's call gets it.
 *
 * @param prompt the version
 * @param age how long ago the store said that the alias stands for it, at least 0
 * @param stale whether that is longer ago than it should be, since the store does not answer
 * @since 0.1.0
 */
public record ServedPrompt(PromptVersion prompt, Duration age, boolean stale) {

    /** Nothing may be missing. */
    public ServedPrompt {
        requireNonNull(prompt, "prompt");
        if (requireNonNull(age, "age").isNegative()) {
            throw new IllegalArgumentException("age must be at least 0, was " + age);
        }
    }

    /** The text or messages. */
    public PromptTemplate template() {
        return prompt.template();
    }

    /** Name and version in one, such as {@code answer@3}, for {@code CallContext.builder().promptVersion(…)}. */
    public String label() {
        return prompt.label();
    }
}
