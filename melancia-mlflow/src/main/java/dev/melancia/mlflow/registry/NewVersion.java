package dev.melancia.mlflow.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A version to be registered, with the key that tells a second try from a second version. Immutable.
 *
 * @since 0.1.0
 */
public final class NewVersion {

    private static final String PLACEHOLDER = "dummy-source";

    private final String model;
    private final String source;
    private final Optional<String> runId;
    private final String description;
    private final Map<String, String> tags;
    private final Optional<String> key;

    private NewVersion(Builder builder) {
        this.model = builder.model;
        this.source = builder.source;
        this.runId = builder.runId;
        this.description = builder.description;
        this.tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
        this.key = builder.key;
    }

    /**
     * A version whose files a run recorded as artifacts.
     *
     * @param runId the server's id of the run
     * @param path of the files among the run's artifacts, such as {@code model}
     * @throws IllegalArgumentException when model or source have a form MLflow refuses
     */
    public static Builder ofRun(String model, String runId, String path) {
        return new Builder(model, RegistryRules.source("runs:/" + runId + "/" + path)).runId(runId);
    }

    /**
     * A version whose files stand at a URI, such as {@code mlflow-artifacts:/1/…/model} or {@code s3://bucket/model}.
     *
     * @throws IllegalArgumentException when model or source have a form MLflow refuses; local paths and web addresses
     *     are such
     */
    public static Builder ofSource(String model, String source) {
        return new Builder(model, RegistryRules.source(source));
    }

    /** A version that lives in its tags alone; MLflow takes it only with the tags of a prompt. */
    public static Builder withoutFiles(String model) {
        return new Builder(model, PLACEHOLDER);
    }

    /** Name of the registered model. */
    public String model() {
        return model;
    }

    /** Where its files stand. */
    public String source() {
        return source;
    }

    /** The run it came from. */
    public Optional<String> runId() {
        return runId;
    }

    /** What it is, in words; empty unless set. */
    public String description() {
        return description;
    }

    /** Its tags, in the order they were set. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The caller's key, if it has one. */
    public Optional<String> key() {
        return key;
    }

    String keyOrFresh() {
        return key.orElseGet(() -> UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return "NewVersion[" + model + ", " + source + "]";
    }

    /**
     * Collects a version. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String model;
        private final String source;
        private final Map<String, String> tags = new LinkedHashMap<>();
        private Optional<String> runId = Optional.empty();
        private String description = "";
        private Optional<String> key = Optional.empty();

        private Builder(String model, String source) {
            this.model = RegistryRules.modelName(model);
            this.source = source;
        }

        /** The server's id of the run it came from. */
        public Builder runId(String runId) {
            this.runId = Optional.of(RegistryRules.text("run id", runId, 32));
            return this;
        }

        /** What it is, in words, at most 5000 characters. */
        public Builder description(String text) {
            this.description = RegistryRules.description(text);
            return this;
        }

        /**
         * A tag.
         *
         * @param value at most 100,000 characters
         */
        public Builder tag(String key, String value) {
            RegistryRules.tag(key, value, RegistryRules.MAX_VERSION_TAG);
            tags.put(key, value);
            return this;
        }

        /**
         * Names this registration for good: a version of the model that was registered with the same key is returned
         * instead of a second one, by any process, at any time. Without a key of the caller a random one serves for the
         * tries of one call.
         *
         * @param key at most 250 characters without {@code '}
         */
        public Builder key(String key) {
            RegistryRules.text("key", key, 250);
            if (key.isBlank() || key.indexOf('\'') >= 0) {
                throw new IllegalArgumentException("key must not be blank or have the character ', was \"" + key + '"');
            }
            this.key = Optional.of(key);
            return this;
        }

        /** The version. */
        public NewVersion build() {
            return new NewVersion(this);
        }
    }
}
