package dev.melancia.provider.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * How an Ollama server spent its time on one answer, in nanoseconds, as its own object says; langchain4j's reader drops
 * it. Immutable.
 *
 * @param load {@code load_duration}
 * @param prompt {@code prompt_eval_duration}; absent where the whole prompt was cached
 * @param answer {@code eval_duration}
 */
record Durations(long load, long prompt, long answer) {

    static final long NOT_SAID = -1;
    static final Durations UNKNOWN = new Durations(NOT_SAID, NOT_SAID, NOT_SAID);

    private static final JsonFactory JSON = new JsonFactory();

    boolean areUnknown() {
        return equals(UNKNOWN);
    }

    /** Reads a whole answer, or a line of a stream; unknown where it says nothing. */
    static Durations read(String body) {
        if (!body.contains("_duration\"")) {
            return UNKNOWN;
        }
        try (JsonParser json = JSON.createParser(body)) {
            return json.nextToken() == JsonToken.START_OBJECT ? fields(json) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN; // no JSON: langchain4j's reader says so
        }
    }

    // Of the answer's own object: the arguments of a tool call may have fields of the same names.
    private static Durations fields(JsonParser json) throws IOException {
        Durations found = UNKNOWN;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                found = found.with(field, json.getLongValue());
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private Durations with(String field, long nanos) {
        long known = nanos < 0 ? NOT_SAID : nanos;
        return switch (field) {
            case "load_duration" -> new Durations(known, prompt, answer);
            case "prompt_eval_duration" -> new Durations(load, known, answer);
            case "eval_duration" -> new Durations(load, prompt, known);
            default -> this;
        };
    }
}
