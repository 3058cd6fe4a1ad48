package dev.melancia.provider.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Tells the line that ends a stream of Ollama's: a field {@code done} that is true beside a {@code message}, of the line's
 * own object. The arguments of a tool call may have fields of the same names. Without a message, langchain4j's reader drops
 * the line and says nothing to anybody, so that it is no end. Stateless.
 */
final class LastLine {

    private static final JsonFactory JSON = new JsonFactory();

    private LastLine() {}

    static boolean test(String line) {
        return line.contains("\"done\"") && saysSoItself(line);
    }

    private static boolean saysSoItself(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean done = false;
            boolean message = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                done = done || (field.equals("done") && value == JsonToken.VALUE_TRUE);
                message = message || (field.equals("message") && value == JsonToken.START_OBJECT);
                json.skipChildren();
            }
            return done && message;
        } catch (IOException e) {
            return false; // no JSON: langchain4j's reader of the line says so
        }
    }
}
