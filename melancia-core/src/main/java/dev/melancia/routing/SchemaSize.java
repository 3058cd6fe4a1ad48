package dev.melancia.routing;

import static dev.melancia.routing.TokenEstimate.BYTES_PER_NAME;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how long a JSON schema is when it is sent: names, descriptions, and the JSON around each. Stateless. */
final class SchemaSize {

    /** Elements hold others by value, so a schema cannot hold itself; this is against one made to exhaust the stack. */
    private static final int DEEPEST = 100;

    private SchemaSize() {}

    static long bytes(@Nullable JsonSchemaElement element) {
        return bytes(element, 0);
    }

    private static long bytes(@Nullable JsonSchemaElement element, int depth) {
        if (element == null || depth > DEEPEST) {
            return 0;
        }
        long own = BYTES_PER_NAME + TokenEstimate.bytes(element.description());
        if (element instanceof JsonObjectSchema object) {
            return own + named(object.properties(), depth) + named(object.definitions(), depth);
        }
        if (element instanceof JsonArraySchema array) {
            return own + bytes(array.items(), depth + 1);
        }
        if (element instanceof JsonAnyOfSchema any) {
            return own
                    + any.anyOf().stream()
                            .mapToLong(member -> bytes(member, depth + 1))
                            .sum();
        }
        if (element instanceof JsonEnumSchema choice) {
            return own + texts(choice.enumValues());
        }
        return element instanceof JsonRawSchema raw ? TokenEstimate.bytes(raw.schema()) : own;
    }

    private static long named(@Nullable Map<String, JsonSchemaElement> elements, int depth) {
        long bytes = 0;
        if (elements != null) {
            for (Map.Entry<String, JsonSchemaElement> entry : elements.entrySet()) {
                bytes += TokenEstimate.bytes(entry.getKey()) + bytes(entry.getValue(), depth + 1);
            }
        }
        return bytes;
    }

    private static long texts(@Nullable List<String> texts) {
        return texts == null
                ? 0
                : texts.stream()
                        .mapToLong(text -> TokenEstimate.bytes(text) + 3)
                        .sum();
    }
}
