package dev.melancia.mlflow.event;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A dataset that a run used, as MLflow's page of the run shows it. Immutable.
 *
 * @since 0.1.0
 */
public final class DatasetInput {

    private final String name;
    private final String digest;
    private final String sourceType;
    private final String source;
    private final Optional<String> context;
    private final Optional<String> schema;
    private final Optional<String> profile;

    private DatasetInput(Builder builder) {
        this.name = builder.name;
        this.digest = builder.digest;
        this.sourceType = builder.sourceType;
        this.source = builder.source;
        this.context = builder.context;
        this.schema = builder.schema;
        this.profile = builder.profile;
    }

    /**
     * A dataset.
     *
     * @param name 1 to 500 characters
     * @param digest fingerprint of the content, 1 to 36 characters
     * @throws IllegalArgumentException when these break their rules
     */
    public static Builder builder(String name, String digest) {
        return new Builder(name, digest);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Fingerprint of its content. */
    public String digest() {
        return digest;
    }

    /** Kind of source, such as {@code local} or {@code http}; {@code code} unless set. */
    public String sourceType() {
        return sourceType;
    }

    /** Where it comes from, a JSON object as text; {@code {}} unless set. */
    public String source() {
        return source;
    }

    /** What the run used it for, such as {@code training} or {@code eval}. */
    public Optional<String> context() {
        return context;
    }

    /** Its columns, a JSON object as text such as {@code {"mlflow_colspec":[…]}}. */
    public Optional<String> schema() {
        return schema;
    }

    /** Its figures, a JSON object as text such as {@code {"num_rows":60}}. */
    public Optional<String> profile() {
        return profile;
    }

    @Override
    public String toString() {
        return "DatasetInput[" + name + ", " + digest + "]";
    }

    /**
     * Collects what is known of a dataset. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String name;
        private final String digest;
        private String sourceType = "code";
        private String source = "{}";
        private Optional<String> context = Optional.empty();
        private Optional<String> schema = Optional.empty();
        private Optional<String> profile = Optional.empty();

        private Builder(String name, String digest) {
            RunEventRules.name("dataset name", name, RunEventRules.MAX_DATASET_NAME);
            RunEventRules.name("dataset digest", digest, RunEventRules.MAX_DATASET_TOKEN);
            this.name = name;
            this.digest = digest;
        }

        /**
         * See {@link DatasetInput#sourceType()} and {@link DatasetInput#source()}.
         *
         * @param type 1 to 36 characters
         * @param json one JSON object on one line, at most 65,000 characters
         * @throws IllegalArgumentException when these break their rules
         */
        public Builder source(String type, String json) {
            RunEventRules.name("dataset source type", type, RunEventRules.MAX_DATASET_TOKEN);
            RunEventRules.jsonObject("dataset source", json, RunEventRules.MAX_DATASET_TEXT);
            sourceType = type;
            source = json;
            return this;
        }

        /** See {@link DatasetInput#context()}; 1 to 500 characters. */
        public Builder context(String use) {
            RunEventRules.name("dataset context", requireNonNull(use, "use"), RunEventRules.MAX_DATASET_NAME);
            context = Optional.of(use);
            return this;
        }

        /** See {@link DatasetInput#schema()}. */
        public Builder schema(String json) {
            RunEventRules.jsonObject("dataset schema", json, RunEventRules.MAX_DATASET_TEXT);
            schema = Optional.of(json);
            return this;
        }

        /** See {@link DatasetInput#profile()}. */
        public Builder profile(String json) {
            RunEventRules.jsonObject("dataset profile", json, RunEventRules.MAX_DATASET_TEXT);
            profile = Optional.of(json);
            return this;
        }

        /** The dataset. */
        public DatasetInput build() {
            return new DatasetInput(this);
        }
    }
}
