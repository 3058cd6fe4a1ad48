package dev.melancia.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What stands beside a scorer's name, read by name; what nobody asked for is an error. Confined to one thread. */
final class ScorerParameters {

    private final JsonNode node;
    private final Set<String> asked = new HashSet<>(Set.of("scorer"));

    private ScorerParameters(JsonNode node) {
        this.node = node;
    }

    static ScorerParameters of(JsonNode entry) {
        return new ScorerParameters(entry.isObject() ? entry : JsonNodeFactory.instance.objectNode());
    }

    int integer(String name, int otherwise) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new IllegalArgumentException(name + " must be a whole number, was " + value);
        }
        return value.intValue();
    }

    String text(String name) {
        JsonNode value = value(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(
                    name + " must be a text, was " + (value.isMissingNode() ? "missing" : value));
        }
        return value.textValue();
    }

    /** A value as it stands in the file, such as a schema. */
    JsonNode object(String name) {
        JsonNode value = value(name);
        if (!value.isObject()) {
            throw new IllegalArgumentException(
                    name + " must be an object, was " + (value.isMissingNode() ? "missing" : value));
        }
        return value;
    }

    /** Called when the scorer is made. */
    void requireAllAsked() {
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(field -> {
            if (!asked.contains(field)) {
                unknown.add(field);
            }
        });
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("takes no " + String.join(", ", unknown));
        }
    }

    private JsonNode value(String name) {
        asked.add(name);
        return node.path(name);
    }
}
