package dev.melancia.mlflow.prompt;

import dev.melancia.mlflow.registry.RegisteredModel;
import dev.melancia.mlflow.registry.RegisteredModels;
import java.time.Instant;
import java.util.Map;

/**
 * A prompt as a whole, as the server told it; its versions have the texts. Immutable.
 *
 * @since 0.1.0
 */
public final class Prompt {

    private final RegisteredModel stored;

    Prompt(RegisteredModel stored) {
        this.stored = stored;
    }

    /** Its name. */
    public String name() {
        return stored.name();
    }

    /** What it is for; may be empty. */
    public String description() {
        return stored.description();
    }

    /** Its tags, without those that make it a prompt. */
    public Map<String, String> tags() {
        return PromptWire.othersThanOwn(stored.tags(), RegisteredModels.KEY_TAG);
    }

    /** The version each alias stands for. */
    public Map<String, Integer> aliases() {
        return stored.aliases();
    }

    /** When it was created, by the server's clock, to the millisecond. */
    public Instant createdAt() {
        return stored.createdAt();
    }

    @Override
    public String toString() {
        return "Prompt[" + name() + "]";
    }
}
