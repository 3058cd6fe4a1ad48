package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.melancia.mlflow.event.TraceEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a scorer says of a trace: feedback on the answer, that a scorer failed, or the answer that was expected.
 * Immutable; its {@code toString()} shows neither value nor rationale.
 *
 * @since 0.1.0
 */
public final class Assessment {

    /** Longest text of a value, a rationale or a value of the metadata as it is written, in characters (UTF-16 units). */
    public static final int MAX_TEXT = 16_000;

    /** Most entries of the metadata. */
    public static final int MAX_METADATA = 32;

    private static final String SOURCE_RUN = "mlflow.assessment.sourceRunId";

    private final String id;
    private final String name;
    private final AssessmentSource source;
    private final AssessedValue value;
    private final @Nullable String rationale;
    private final @Nullable Instant time;
    private final Map<String, String> metadata;

    private Assessment(Builder builder, AssessedValue value) {
        this.id = builder.id;
        this.name = builder.name;
        this.source = builder.source;
        this.value = value;
        this.rationale = builder.rationale;
        this.time = builder.time;
        this.metadata = new LinkedHashMap<>(builder.metadata);
    }

    /**
     * Starts to describe an assessment.
     *
     * @param id {@code a-} and 32 lower-case hexadecimal digits, see {@link #idOf}; the server keeps one assessment of an id
     * @param name what is assessed, such as {@code correctness}, 1 to 250 characters
     * @throws IllegalArgumentException when these break their rules
     */
    public static Builder builder(String id, String name, AssessmentSource source) {
        return new Builder(id, name, source);
    }

    /** An id made of a text, the same for the same text: such as the id of the trace and the name of the scorer. */
    public static String idOf(String seed) {
        return "a-" + Rules.hashed(requireNonNull(seed, "seed"));
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** What is assessed. */
    public String name() {
        return name;
    }

    /** Who assessed. */
    public AssessmentSource source() {
        return source;
    }

    /** Whether it is an expectation rather than feedback. */
    public boolean isExpectation() {
        return value.expectation();
    }

    /** Whether the scorer failed, so that there is no value. */
    public boolean isError() {
        return value.errorCode() != null;
    }

    /** The value, feedback or expectation, as text; empty when the scorer failed. */
    public Optional<String> value() {
        return isError() ? Optional.empty() : Optional.of(value.text());
    }

    /**
     * MLflow's assessment object on one line, of at most {@value TraceEvent#MAX_JSON} bytes in UTF-8. Texts longer than
     * {@value #MAX_TEXT} characters are cut as {@link Trace#toOtlpJson()} says.
     */
    public String toJson() {
        return Fitting.within(TraceEvent.MAX_JSON, new BoundedText(MAX_TEXT), this::write);
    }

    void write(JsonGenerator json, BoundedText bound) throws IOException {
        json.writeStartObject();
        json.writeStringField("assessment_id", id);
        json.writeStringField("assessment_name", name);
        json.writeObjectFieldStart("source");
        json.writeStringField("source_type", source.kind().name());
        json.writeStringField("source_id", source.id());
        json.writeEndObject();
        value.write(json, bound);
        if (rationale != null) {
            json.writeStringField("rationale", bound.of(rationale));
        }
        if (time != null) {
            json.writeStringField("create_time", time.toString());
            json.writeStringField("last_update_time", time.toString());
        }
        if (!metadata.isEmpty()) {
            json.writeObjectFieldStart("metadata");
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                json.writeStringField(entry.getKey(), bound.of(entry.getValue()));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    @Override
    public String toString() {
        return "Assessment[" + id + ", " + name + ", " + source.kind() + "]";
    }

    /**
     * Collects an assessment. Confined to one thread. Of feedback, expectation and error the last one told counts. Methods throw
     * IllegalArgumentException for what breaks their rules.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private static final String ID_PREFIX = "a-";

        private final String id;
        private final String name;
        private final AssessmentSource source;
        private @Nullable AssessedValue value;
        private @Nullable String rationale;
        private @Nullable Instant time;
        private final Map<String, String> metadata = new LinkedHashMap<>();

        private Builder(String id, String name, AssessmentSource source) {
            if (!requireNonNull(id, "id").startsWith(ID_PREFIX)) {
                throw new IllegalArgumentException("assessment id must begin with \"a-\"; make one with idOf");
            }
            Rules.hexId("assessment id after a-", id.substring(ID_PREFIX.length()));
            this.id = id;
            this.name = Rules.name("assessment name", name);
            this.source = requireNonNull(source, "source");
        }

        /** Feedback as a finite number. */
        public Builder feedback(double score) {
            value = AssessedValue.number(score, false);
            return this;
        }

        /** Feedback as a word, such as a class. */
        public Builder feedback(String word) {
            value = AssessedValue.text(word, false);
            return this;
        }

        /** Feedback as yes or no. */
        public Builder feedback(boolean yes) {
            value = AssessedValue.truth(yes, false);
            return this;
        }

        /**
         * The scorer failed.
         *
         * @param code such as the class of its error
         * @param message what happened; messages of errors may repeat prompts and keys
         */
        public Builder error(String code, String message) {
            value = AssessedValue.error(Rules.name("error code", code), message);
            return this;
        }

        /** The answer that was expected. */
        public Builder expectation(String answer) {
            value = AssessedValue.text(answer, true);
            return this;
        }

        /** The finite number that was expected. */
        public Builder expectation(double number) {
            value = AssessedValue.number(number, true);
            return this;
        }

        /** Whether yes or no was expected. */
        public Builder expectation(boolean yes) {
            value = AssessedValue.truth(yes, true);
            return this;
        }

        /** Why, in words. */
        public Builder rationale(String words) {
            rationale = requireNonNull(words, "words");
            return this;
        }

        /** When it was said; without this the server takes the time of its arrival. */
        public Builder time(Instant time) {
            Rules.epochNanos(time);
            this.time = time;
            return this;
        }

        /** The evaluation run that it comes from: the run's 32 hexadecimal digits. */
        public Builder run(String runId) {
            return metadata(SOURCE_RUN, Rules.hexId("run id", runId));
        }

        /** A free note; the key has 1 to 250 characters. */
        public Builder metadata(String key, String text) {
            metadata.put(Rules.name("metadata key", key), requireNonNull(text, "text"));
            if (metadata.size() > MAX_METADATA) {
                throw new IllegalArgumentException(
                        "an assessment must have at most " + MAX_METADATA + " entries of metadata; leave some out");
            }
            return this;
        }

        /**
         * The assessment.
         *
         * @throws IllegalStateException when it says nothing
         */
        public Assessment build() {
            if (value == null) {
                throw new IllegalStateException(
                        "assessment \"" + name + "\" must have feedback, an expectation or an error; tell one of them");
            }
            return new Assessment(this, value);
        }
    }
}
