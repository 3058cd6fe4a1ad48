package dev.melancia.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A change as a JSON object, the same in the journal and in a tag; fields it does not know are left alone. */
final class ChangeJson {

    static final ObjectMapper JSON = new ObjectMapper();

    private ChangeJson() {}

    static ObjectNode write(ModelChange change) {
        ObjectNode json = JSON.createObjectNode().put("v", 1).put("at", micros(change.at()));
        json.put("kind", change.kind().name().toLowerCase(Locale.ROOT)).put("version", change.version());
        if (!change.detail().isEmpty()) {
            json.put("detail", change.detail());
        }
        json.put("who", change.note().who()).put("why", change.note().why());
        return json.put("confirmed", change.confirmed());
    }

    /** Empty for kinds of a later release and for what is no change at all: others may write tags too. */
    static Optional<ModelChange> read(JsonNode json) {
        String kind = json.path("kind").asText().toUpperCase(Locale.ROOT);
        boolean known = Arrays.stream(ModelChange.Kind.values())
                .anyMatch(value -> value.name().equals(kind));
        if (!known || json.path("version").asInt() < 1) {
            return Optional.empty();
        }
        return ChangeNote.stored(json.path("who").asText(), json.path("why").asText())
                .map(note -> new ModelChange(
                        time(json),
                        ModelChange.Kind.valueOf(kind),
                        json.path("version").asInt(),
                        json.path("detail").asText(""),
                        note,
                        json.path("confirmed").asBoolean(true)));
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant time(JsonNode json) {
        return Instant.EPOCH.plus(json.path("at").asLong(), ChronoUnit.MICROS);
    }

    static void put(ObjectNode json, String field, Map<String, String> texts) {
        ObjectNode object = json.putObject(field);
        texts.forEach(object::put);
    }

    static Map<String, String> texts(JsonNode json, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.path(field)
                .properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }
}
