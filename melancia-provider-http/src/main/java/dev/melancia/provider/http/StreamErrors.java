package dev.melancia.provider.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Finds the error that an event of a stream is: a field {@code error} of the event's own object. Once a stream has begun,
 * a server has no status left to say it with. langchain4j's reader of OpenAI's format drops such an event, and that of
 * Ollama's gives it a class of its own, which says nothing about whose fault it was. Stateless.
 */
final class StreamErrors {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int SERVER_ERROR = 500;
    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;

    private StreamErrors() {}

    /** The HTTP status that the error stands for: its {@code code} where that is one, else 500; empty when it is none. */
    static OptionalInt statusOf(String event) {
        if (!event.contains("\"error\"")) {
            return OptionalInt.empty();
        }
        try (JsonParser json = JSON.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return OptionalInt.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean error = json.currentName().equals("error");
                JsonToken value = json.nextToken();
                if (error && value == JsonToken.START_OBJECT) {
                    return OptionalInt.of(code(json));
                }
                if (error && value == JsonToken.VALUE_STRING && !json.getText().isBlank()) {
                    return OptionalInt.of(SERVER_ERROR);
                }
                json.skipChildren();
            }
            return OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty(); // no JSON: langchain4j's reader of the event says so
        }
    }

    private static int code(JsonParser error) throws IOException {
        while (error.nextToken() == JsonToken.FIELD_NAME) {
            boolean code = error.currentName().equals("code");
            JsonToken value = error.nextToken();
            if (code && value == JsonToken.VALUE_NUMBER_INT) {
                long status = error.getLongValue();
                return status >= FIRST_ERROR && status <= LAST_ERROR ? (int) status : SERVER_ERROR;
            }
            error.skipChildren();
        }
        return SERVER_ERROR;
    }
}
