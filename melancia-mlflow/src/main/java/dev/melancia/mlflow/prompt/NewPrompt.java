package dev.melancia.mlflow.prompt;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.registry.NewVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a prompt to be registered. Immutable; its {@code toString()} shows no text.
 *
 * @since 0.1.0
 */
public final class NewPrompt {

    private final String name;
    private final PromptTemplate template;
    private final String message;
    private final Map<String, String> tags;
    private final Optional<String> responseFormat;
    private final Optional<String> modelConfig;
    private final Optional<String> key;
    private final NewVersion stored;

    private NewPrompt(Builder builder) {
        this.name = builder.name;
        this.template = builder.template;
        this.message = builder.message;
        this.tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
        this.responseFormat = builder.responseFormat;
        this.modelConfig = builder.modelConfig;
        this.key = builder.key;
        this.stored = stored(builder.text);
    }

    private NewVersion stored(String text) {
        NewVersion.Builder version = NewVersion.withoutFiles(name).description(message);
        tags.forEach(version::tag);
        version.tag(PromptWire.IS_PROMPT, "true")
                .tag(PromptWire.TYPE, template.isChat() ? PromptWire.CHAT : "text")
                .tag(PromptWire.TEXT, text);
        responseFormat.ifPresent(json -> version.tag(PromptWire.RESPONSE_FORMAT, json));
        modelConfig.ifPresent(json -> version.tag(PromptWire.MODEL_CONFIG, json));
        key.ifPresent(version::key);
        return version.build();
    }

    /**
     * A version with this template.
     *
     * @param name 1 to 256 letters, digits, {@code _}, {@code .} and {@code -}
     * @throws IllegalArgumentException for other names, and for templates of more than 100,000 characters
     */
    public static Builder of(String name, PromptTemplate template) {
        return new Builder(name, template);
    }

    /** Name of the prompt. */
    public String name() {
        return name;
    }

    /** The text or messages. */
    public PromptTemplate template() {
        return template;
    }

    /** Why the version is made; may be empty. */
    public String message() {
        return message;
    }

    /** Its tags, in the order they were set. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The form the answer should have, a JSON schema. */
    public Optional<String> responseFormat() {
        return responseFormat;
    }

    /** Model and parameters it was written for, a JSON object. */
    public Optional<String> modelConfig() {
        return modelConfig;
    }

    /** What tells a second try from a second version, if the caller has it. */
    public Optional<String> key() {
        return key;
    }

    NewVersion stored() {
        return stored;
    }

    @Override
    public String toString() {
        return "NewPrompt[" + name + ", " + template + "]";
    }

    /**
     * Collects a version. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String name;
        private final PromptTemplate template;
        private final String text;
        private final Map<String, String> tags = new LinkedHashMap<>();
        private String message = "";
        private Optional<String> responseFormat = Optional.empty();
        private Optional<String> modelConfig = Optional.empty();
        private Optional<String> key = Optional.empty();

        private Builder(String name, PromptTemplate template) {
            this.name = PromptWire.name(requireNonNull(name, "name"));
            this.template = requireNonNull(template, "template");
            this.text = PromptWire.write(template);
        }

        /** Why the version is made, at most 5000 characters; MLflow calls it the commit message. */
        public Builder message(String message) {
            this.message = requireNonNull(message, "message");
            return this;
        }

        /** A tag of this version. */
        public Builder tag(String key, String value) {
            tags.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
            return this;
        }

        /** The form the answer should have, a JSON schema. */
        public Builder responseFormat(String jsonSchema) {
            this.responseFormat = Optional.of(PromptWire.object("responseFormat", jsonSchema));
            return this;
        }

        /** Model and parameters it is written for, a JSON object such as {@code {"model_name":"…","temperature":0.2}}. */
        public Builder modelConfig(String json) {
            this.modelConfig = Optional.of(PromptWire.object("modelConfig", json));
            return this;
        }

        /** Names this registration for good, as {@link NewVersion.Builder#key} does. */
        public Builder key(String key) {
            this.key = Optional.of(key);
            return this;
        }

        /**
         * The version.
         *
         * @throws IllegalArgumentException when message, tags or key have a form MLflow refuses
         */
        public NewPrompt build() {
            return new NewPrompt(this);
        }
    }
}
