package dev.melancia.mlflow.prompt;

import dev.melancia.mlflow.registry.ModelVersion;
import dev.melancia.mlflow.registry.RegisteredModels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a prompt. Its template never changes; tags and aliases may. Immutable; its {@code toString()} shows no
 * text.
 *
 * @since 0.1.0
 */
public final class PromptVersion {

    private final String name;
    private final int version;
    private final PromptTemplate template;
    private final String message;
    private final Map<String, String> tags;
    private final Optional<String> responseFormat;
    private final Optional<String> modelConfig;
    private final List<String> aliases;
    private final Instant createdAt;

    PromptVersion(ModelVersion stored) {
        this.name = stored.model();
        this.version = stored.version();
        this.template = PromptWire.read(label(), stored.tags());
        this.message = stored.description();
        this.tags = PromptWire.othersThanOwn(stored.tags(), RegisteredModels.KEY_TAG);
        this.responseFormat = Optional.ofNullable(stored.tags().get(PromptWire.RESPONSE_FORMAT));
        this.modelConfig = Optional.ofNullable(stored.tags().get(PromptWire.MODEL_CONFIG));
        this.aliases = stored.aliases();
        this.createdAt = stored.createdAt();
    }

    private PromptVersion(NewPrompt draft, int version, Instant createdAt) {
        this.name = draft.name();
        this.version = version;
        this.template = draft.template();
        this.message = draft.message();
        this.tags = draft.tags();
        this.responseFormat = draft.responseFormat();
        this.modelConfig = draft.modelConfig();
        this.aliases = List.of();
        this.createdAt = createdAt;
    }

    /**
     * The version of a store of one's own.
     *
     * @param version at least 1
     */
    public static PromptVersion of(NewPrompt draft, int version, Instant createdAt) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        return new PromptVersion(draft, version, createdAt);
    }

    /** Name of the prompt. */
    public String name() {
        return name;
    }

    /** Its number, at least 1. */
    public int version() {
        return version;
    }

    /** Name and version in one, such as {@code answer@3}: what call records name. */
    public String label() {
        return name + "@" + version;
    }

    /** MLflow's address, such as {@code prompts:/answer/3}. */
    public String uri() {
        return "prompts:/" + name + "/" + version;
    }

    /** The text or messages. */
    public PromptTemplate template() {
        return template;
    }

    /** Why the version was made; may be empty. */
    public String message() {
        return message;
    }

    /** Its tags, without those that make it a prompt. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The form the answer should have, a JSON schema. */
    public Optional<String> responseFormat() {
        return responseFormat;
    }

    /** Model and parameters it was written for, a JSON object such as {@code {"model_name":"…","temperature":0.2}}. */
    public Optional<String> modelConfig() {
        return modelConfig;
    }

    /** Its aliases when it was read, in no particular order; lists of versions do not tell them. */
    public List<String> aliases() {
        return aliases;
    }

    /** When it was made, by the clock of its store, to the millisecond. */
    public Instant createdAt() {
        return createdAt;
    }

    @Override
    public String toString() {
        return "PromptVersion[" + label() + "]";
    }
}
