package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run is created with. Immutable.
 *
 * @since 0.1.0
 */
public final class NewRun {

    private static final String NOBODY = "0".repeat(32);

    private final String experimentId;
    private final Optional<String> name;
    private final Optional<Instant> startedAt;
    private final Optional<String> key;
    private final Optional<SourceFacts> source;
    private final Map<String, String> tags;

    private NewRun(Builder builder) {
        this.experimentId = builder.experimentId;
        this.name = builder.name;
        this.startedAt = builder.startedAt;
        this.key = builder.key;
        this.source = builder.source;
        Map<String, String> all = new TreeMap<>(source.map(SourceFacts::tags).orElse(Map.of()));
        all.putAll(builder.tags);
        this.tags = Collections.unmodifiableMap(all);
    }

    /**
     * A run in this experiment.
     *
     * @param experimentId the server's id, as {@link Experiments#idOf} tells it
     */
    public static Builder builder(String experimentId) {
        return new Builder(experimentId);
    }

    /** Id of the experiment it will belong to. */
    public String experimentId() {
        return experimentId;
    }

    /** What people will see; the server makes a name up when this is empty. */
    public Optional<String> name() {
        return name;
    }

    /** When it started; the moment of its creation when this is empty. */
    public Optional<Instant> startedAt() {
        return startedAt;
    }

    /** Tags by key, those of parent and source too; unmodifiable. */
    public Map<String, String> tags() {
        return tags;
    }

    Optional<String> key() {
        return key;
    }

    Optional<SourceFacts> source() {
        return source;
    }

    @Override
    public String toString() {
        return "NewRun[" + name.orElse("") + ", in experiment " + experimentId + "]";
    }

    /**
     * Collects what a run is created with. All methods throw IllegalArgumentException for what MLflow would refuse or cut.
     * Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String experimentId;
        private Optional<String> name = Optional.empty();
        private Optional<Instant> startedAt = Optional.empty();
        private Optional<String> key = Optional.empty();
        private Optional<SourceFacts> source = Optional.empty();
        private final Map<String, String> tags = new TreeMap<>();

        private Builder(String experimentId) {
            this.experimentId = requireNonNull(experimentId, "experimentId");
        }

        /** What people will see, 1 to 500 characters; need not be unique. */
        public Builder name(String text) {
            name = Optional.of(new RunEvent.Started(NOBODY, Instant.EPOCH, "any", text).name());
            return this;
        }

        /** When it started, not before 1970. */
        public Builder startedAt(Instant start) {
            startedAt = Optional.of(new RunEvent.Ended(NOBODY, start, RunOutcome.FINISHED).at());
            return this;
        }

        /** Makes it part of another run, which should be in the same experiment. */
        public Builder parent(String runId) {
            tags.put(ServerRun.PARENT, new RunEvent.Nested(NOBODY, Instant.EPOCH, runId).parentRunId());
            return this;
        }

        /** A tag, of at most 8000 characters. */
        public Builder tag(String tagKey, String value) {
            RunEvent.Tag tag = new RunEvent.Tag(NOBODY, Instant.EPOCH, tagKey, value);
            tags.put(tag.key(), tag.value());
            return this;
        }

        /** Who started which program from which commit, as tags; nested runs get them too. */
        public Builder source(SourceFacts facts) {
            source = Optional.of(facts);
            return this;
        }

        /**
         * An id of yours, by which a run that was created with it before is found again instead of creating a second one,
         * also after a crash. A run that was deleted since is refused, not created again. Becomes the tag
         * {@code melancia.run_id}. Without it each creation is a new run.
         *
         * @param id 32 lower-case hexadecimal digits
         */
        public Builder key(String id) {
            key = Optional.of(new RunEvent.Nested(id, Instant.EPOCH, NOBODY).runId());
            return this;
        }

        /** What the run is created with. */
        public NewRun build() {
            return new NewRun(this);
        }
    }
}
