package dev.melancia.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** As much of JSON Schema (draft 2020-12) as our schema uses; a keyword that it does not know is a complaint. */
final class JsonShape {

    private static final Set<String> WORDS = Set.of("$schema", "$defs", "title", "description", "examples");

    private final JsonNode root;

    JsonShape(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with a value; empty when nothing is. */
    List<String> complaints(JsonNode value) {
        List<String> complaints = new ArrayList<>();
        check("", root, value, complaints);
        return complaints;
    }

    private void check(String path, JsonNode schema, JsonNode value, List<String> complaints) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!WORDS.contains(keyword.getKey())
                    && !holds(path, new Keyword(keyword.getKey(), keyword.getValue()), value, complaints)) {
                complaints.add(path + " breaks " + keyword + ", was " + value);
            }
        }
    }

    private record Keyword(String name, JsonNode says) {}

    private boolean holds(String path, Keyword keyword, JsonNode value, List<String> complaints) {
        JsonNode says = keyword.says;
        switch (keyword.name) {
            case "$ref" -> check(path, root.at(says.asText().substring(1)), value, complaints);
            case "properties" ->
                says.properties().stream()
                        .filter(property -> value.has(property.getKey()))
                        .forEach(property -> check(
                                path + "/" + property.getKey(),
                                property.getValue(),
                                value.path(property.getKey()),
                                complaints));
            case "additionalProperties" ->
                value.properties()
                        .forEach(field -> check(path + "/" + field.getKey(), says, field.getValue(), complaints));
            case "items" -> value.forEach(item -> check(path + "[]", says, item, complaints));
            default -> {
                return holds(keyword, value);
            }
        }
        return true;
    }

    private boolean holds(Keyword keyword, JsonNode value) {
        JsonNode says = keyword.says;
        return switch (keyword.name) {
            case "type" -> isOf(says.asText(), value);
            case "const" -> says.equals(value);
            case "enum" -> says.valueStream().anyMatch(value::equals);
            case "required" -> says.valueStream().allMatch(name -> value.has(name.asText()));
            case "pattern" -> value.asText().matches("(?s).*?" + says.asText() + ".*");
            case "minimum" -> value.longValue() >= says.longValue();
            case "maximum" -> value.longValue() <= says.longValue();
            case "maxLength" -> value.asText().codePointCount(0, value.asText().length()) <= says.intValue();
            case "maxItems", "maxProperties" -> value.size() <= says.intValue();
            case "oneOf" -> says.valueStream().filter(one -> fits(one, value)).count() == 1;
            default -> false;
        };
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        List<String> complaints = new ArrayList<>();
        check("", schema, value, complaints);
        return complaints.isEmpty();
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    /** Every field that a definition knows, by its path; labels of hosts have no names of their own. */
    Set<String> fields(String definition) {
        Set<String> fields = new TreeSet<>();
        collect("", root.at("/$defs/" + definition), fields);
        return fields;
    }

    private void collect(String path, JsonNode schema, Set<String> fields) {
        if (schema.has("$ref")) {
            collect(path, root.at(schema.path("$ref").asText().substring(1)), fields);
        }
        schema.path("properties").properties().forEach(property -> {
            fields.add(path + "/" + property.getKey());
            collect(path + "/" + property.getKey(), property.getValue(), fields);
        });
        if (schema.has("items")) {
            collect(path, schema.path("items"), fields);
        }
    }

    /** Every field of a value, by the same paths. */
    static Set<String> fieldsOf(JsonNode value) {
        Set<String> fields = new TreeSet<>();
        gather("", value, fields);
        return fields;
    }

    private static void gather(String path, JsonNode value, Set<String> fields) {
        value.properties().forEach(field -> {
            String name = path + "/" + field.getKey();
            fields.add(name);
            if (!name.equals("/tags")) {
                gather(name, field.getValue(), fields);
            }
        });
        if (value.isArray()) {
            value.forEach(item -> gather(path, item, fields));
        }
    }
}
