package dev.melancia.scorer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The part of JSON Schema (draft 2020-12) that forms of answers need: {@code type, enum, const, properties, required,
 * additionalProperties, minProperties, maxProperties, items, minItems, maxItems, uniqueItems, minLength, maxLength, pattern,
 * minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, allOf, anyOf, oneOf, not}. Annotations ({@code $schema, $id, $comment, title,
 * description, default, examples, format}) are read over; any other keyword, such as {@code $ref}, is refused. Patterns are
 * Java's. Immutable.
 */
final class JsonSchema {

    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$comment", "title", "description", "default", "examples", "format");
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");

    private final List<Predicate<JsonNode>> rules = new ArrayList<>();

    private JsonSchema() {}

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException naming the place and the keyword that is unknown or has a wrong value
     */
    static JsonSchema parse(String schema) {
        return of(
                JsonText.read(schema)
                        .orElseThrow(() -> new IllegalArgumentException("the JSON schema is no valid JSON")),
                "#");
    }

    private static JsonSchema of(JsonNode node, String place) {
        JsonSchema schema = new JsonSchema();
        if (node.isBoolean()) {
            schema.rules.add(any -> node.booleanValue());
            return schema;
        }
        require(node.isObject(), place, "a schema must be an object or a boolean");
        node.properties().forEach(keyword -> schema.add(keyword.getKey(), keyword.getValue(), place, node));
        return schema;
    }

    boolean admits(JsonNode node) {
        return rules.stream().allMatch(rule -> rule.test(node));
    }

    private void add(String keyword, JsonNode value, String place, JsonNode whole) {
        String here = place + "/" + keyword;
        switch (keyword) {
            case "type" -> rules.add(type(value, here));
            case "enum" -> rules.add(anyEqual(array(value, here)));
            case "const" -> rules.add(anyEqual(List.of(value)));
            case "properties", "additionalProperties" -> objects(keyword, value, here, whole);
            case "required" -> required(value, here);
            case "items" -> items(of(value, here));
            case "uniqueItems" -> unique(value, here);
            case "pattern" -> pattern(value, here);
            case "allOf", "anyOf", "oneOf", "not" -> combined(keyword, value, here);
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                number(keyword, value, here);
            default -> size(keyword, value, here);
        }
    }

    private void size(String keyword, JsonNode value, String place) {
        if (ANNOTATIONS.contains(keyword)) {
            return;
        }
        boolean known = keyword.matches("(?:min|max)(?:Length|Items|Properties)");
        require(
                known,
                place,
                "the keyword " + keyword + " is not known; remove it, or check it by a scorer of your own");
        require(value.isInt() && value.intValue() >= 0, place, "must be an integer of at least 0");
        int bound = value.intValue();
        IntPredicate fits = keyword.startsWith("min") ? n -> n >= bound : n -> n <= bound;
        if (keyword.endsWith("Length")) {
            rules.add(node -> !node.isTextual()
                    || fits.test(
                            node.textValue().codePointCount(0, node.textValue().length())));
        } else {
            boolean items = keyword.endsWith("Items");
            rules.add(node -> !(items ? node.isArray() : node.isObject()) || fits.test(node.size()));
        }
    }

    private void objects(String keyword, JsonNode value, String place, JsonNode whole) {
        if (keyword.equals("properties")) {
            require(value.isObject(), place, "must be an object");
            Map<String, JsonSchema> parts = new LinkedHashMap<>();
            value.properties()
                    .forEach(part -> parts.put(part.getKey(), of(part.getValue(), place + "/" + part.getKey())));
            rules.add(node -> !node.isObject()
                    || parts.entrySet().stream()
                            .allMatch(part ->
                                    !node.has(part.getKey()) || part.getValue().admits(node.get(part.getKey()))));
        } else {
            JsonSchema others = of(value, place);
            JsonNode named = whole.path("properties");
            rules.add(node -> !node.isObject()
                    || node.properties().stream()
                            .allMatch(part -> named.has(part.getKey()) || others.admits(part.getValue())));
        }
    }

    private void required(JsonNode value, String place) {
        List<JsonNode> names = all(value);
        require(value.isArray() && names.stream().allMatch(JsonNode::isTextual), place, "must be an array of texts");
        rules.add(node -> !node.isObject() || names.stream().allMatch(name -> node.has(name.asText())));
    }

    private void items(JsonSchema each) {
        rules.add(node -> !node.isArray() || all(node).stream().allMatch(each::admits));
    }

    private void unique(JsonNode value, String place) {
        require(value.isBoolean(), place, "must be true or false");
        rules.add(node -> !value.booleanValue() || !node.isArray() || distinct(all(node)));
    }

    private void pattern(JsonNode value, String place) {
        require(value.isTextual(), place, "must be a text");
        try {
            Pattern pattern = Pattern.compile(value.textValue());
            rules.add(node -> !node.isTextual() || BoundedText.finds(pattern, node.textValue()));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("JSON schema at " + place + ": " + e.getDescription(), e);
        }
    }

    private void combined(String keyword, JsonNode value, String place) {
        if (keyword.equals("not")) {
            JsonSchema excluded = of(value, place);
            rules.add(node -> !excluded.admits(node));
            return;
        }
        List<JsonSchema> parts =
                array(value, place).stream().map(part -> of(part, place)).toList();
        rules.add(node -> {
            long admitting = parts.stream().filter(part -> part.admits(node)).count();
            return switch (keyword) {
                case "allOf" -> admitting == parts.size();
                case "oneOf" -> admitting == 1;
                default -> admitting > 0;
            };
        });
    }

    private void number(String keyword, JsonNode value, String place) {
        require(value.isNumber(), place, "must be a number");
        BigDecimal bound = value.decimalValue();
        require(!keyword.equals("multipleOf") || bound.signum() > 0, place, "must be above 0");
        Predicate<BigDecimal> fits =
                switch (keyword) {
                    case "minimum" -> n -> n.compareTo(bound) >= 0;
                    case "maximum" -> n -> n.compareTo(bound) <= 0;
                    case "exclusiveMinimum" -> n -> n.compareTo(bound) > 0;
                    case "exclusiveMaximum" -> n -> n.compareTo(bound) < 0;
                    default -> n -> isMultiple(n, bound);
                };
        rules.add(node -> !node.isNumber() || fits.test(node.decimalValue()));
    }

    /** By the digits and the exponents apart: an exponent of a million is no million digits. */
    private static boolean isMultiple(BigDecimal number, BigDecimal of) {
        BigDecimal digits = number.stripTrailingZeros();
        BigDecimal unit = of.stripTrailingZeros();
        long tens = (long) unit.scale() - digits.scale();
        // Below 0 the unit has a ten more than the number, whose last digit is not 0.
        return digits.signum() == 0
                || (tens >= 0
                        && BigInteger.TEN
                                        .modPow(BigInteger.valueOf(tens), unit.unscaledValue())
                                        .multiply(digits.unscaledValue())
                                        .mod(unit.unscaledValue())
                                        .signum()
                                == 0);
    }

    private static Predicate<JsonNode> type(JsonNode value, String place) {
        List<String> types = value.isTextual()
                ? List.of(value.textValue())
                : array(value, place).stream().map(JsonNode::asText).toList();
        require(TYPES.containsAll(types), place, "unknown type in " + types);
        return node -> types.stream().anyMatch(type -> is(type, node));
    }

    private static boolean is(String type, JsonNode node) {
        return switch (type) {
            case "string" -> node.isTextual();
            case "number" -> node.isNumber();
            case "integer" ->
                node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0;
            case "boolean" -> node.isBoolean();
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            default -> node.isNull();
        };
    }

    private static Predicate<JsonNode> anyEqual(List<JsonNode> values) {
        return node -> values.stream().anyMatch(value -> same(value, node));
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.equals(
                (left, right) -> left.isNumber() && right.isNumber()
                        ? left.decimalValue().compareTo(right.decimalValue())
                        : left.equals(right) ? 0 : 1,
                b);
    }

    private static boolean distinct(List<JsonNode> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            if (nodes.subList(0, i).stream().anyMatch(other -> same(other, node))) {
                return false;
            }
        }
        return true;
    }

    private static List<JsonNode> array(JsonNode value, String place) {
        require(value.isArray() && !value.isEmpty(), place, "must be an array with at least one entry");
        return all(value);
    }

    private static List<JsonNode> all(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes;
    }

    private static void require(boolean condition, String place, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("JSON schema at " + place + ": " + rule);
        }
    }
}
