package dev.melancia.mlflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the registry's JSON. Versions are strings there, and what is not set is missing or empty. */
final class RegistryJson {

    private RegistryJson() {}

    static int number(JsonNode json, String field) {
        String text = MlflowApi.required("model-versions", json, field);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw MlflowException.refused("model-versions", field + " is not a number in the server's answer");
        }
    }

    static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(json.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    static Instant time(JsonNode json, String field) {
        return Instant.ofEpochMilli(json.path(field).asLong());
    }

    static Map<String, String> tags(JsonNode json) {
        Map<String, String> tags = new LinkedHashMap<>();
        json.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return Collections.unmodifiableMap(tags);
    }

    static Map<String, Integer> aliases(JsonNode json) {
        Map<String, Integer> aliases = new LinkedHashMap<>();
        json.path("aliases").forEach(alias -> aliases.put(alias.path("alias").asText(), number(alias, "version")));
        return Collections.unmodifiableMap(aliases);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    static void put(ObjectNode body, Map<String, String> tags) {
        tags.forEach((key, value) ->
                body.withArray("tags").addObject().put("key", key).put("value", value));
    }
}
