package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.registry.ModelVersion;
import dev.melancia.mlflow.registry.NewVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model's version to be registered, with the evidence that speaks for it. Immutable.
 *
 * @since 0.1.0
 */
public final class Registration {

    private final String model;
    private final String source;
    private final Optional<String> runId;
    private final Optional<String> key;
    private final Map<String, String> evidence;

    private Registration(NewVersion version, Map<String, String> evidence) {
        this.model = version.model();
        this.source = version.source();
        this.runId = version.runId();
        this.key = version.key();
        this.evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    private Registration(ModelVersion stored, Map<String, String> evidence) {
        this.model = stored.model();
        this.source = stored.source();
        this.runId = stored.runId();
        this.key = Optional.empty();
        this.evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** What others have registered is taken as it is. */
    static Registration asStored(ModelVersion stored, Map<String, String> evidence) {
        return new Registration(stored, evidence);
    }

    /**
     * A version whose files a run recorded as artifacts.
     *
     * @param runId MLflow's id of the run
     * @param path of the files among the run's artifacts, such as {@code model} or {@code policy.json}
     * @throws IllegalArgumentException for a name with {@code /} or {@code :} and others MLflow refuses
     */
    public static Builder ofRun(String model, String runId, String path) {
        return new Builder(NewVersion.ofRun(model, runId, path));
    }

    /**
     * A version that stands at a URI, such as {@code mlflow-artifacts:/1/…/model}, or a model somebody serves, such as
     * {@code openai:/gpt-4o-mini}.
     *
     * @throws IllegalArgumentException for local paths, web addresses and names MLflow refuses
     */
    public static Builder ofSource(String model, String source) {
        return new Builder(NewVersion.ofSource(model, source));
    }

    /** Name of the model. */
    public String model() {
        return model;
    }

    /** Where it stands. */
    public String source() {
        return source;
    }

    /** The run it came from. */
    public Optional<String> runId() {
        return runId;
    }

    /** What speaks for it, in the order it was given. */
    public Map<String, String> evidence() {
        return evidence;
    }

    /** What tells a second try from a second version, if the caller has it. */
    public Optional<String> key() {
        return key;
    }

    @Override
    public String toString() {
        return "Registration[" + model + ", " + source + "]";
    }

    /**
     * Collects a registration. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final NewVersion.Builder version;
        private final Map<String, String> evidence = new LinkedHashMap<>();

        private Builder(NewVersion.Builder version) {
            this.version = version;
        }

        /** MLflow's id of the run it came from. */
        public Builder runId(String runId) {
            version.runId(runId);
            return this;
        }

        /**
         * Something that speaks for it, such as a gate's verdict, a report's place or a data set's digest; kept with the
         * version and never changed.
         *
         * @param name letters, digits, {@code _}, {@code -} and {@code .}
         * @param value at most 5000 characters
         */
        public Builder evidence(String name, String value) {
            if (!requireNonNull(name, "name").matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")) {
                throw new IllegalArgumentException(
                        "name of evidence must have 1 to 100 letters, digits, \"_\", \"-\" and" + " \".\", was \""
                                + name + '"');
            }
            int length = value.codePointCount(0, value.length());
            if (length > 5_000) {
                throw new IllegalArgumentException("evidence \"" + name + "\" must have at most 5000 characters, had "
                        + length + "; store it as an artifact of the run and name that");
            }
            evidence.put(name, value);
            return this;
        }

        /**
         * Names this registration for good: the same key again returns the version it made, instead of a second one.
         *
         * @param key at most 250 characters without {@code '}
         */
        public Builder key(String key) {
            version.key(key);
            return this;
        }

        /** The registration. */
        public Registration build() {
            return new Registration(version.build(), evidence);
        }
    }
}
