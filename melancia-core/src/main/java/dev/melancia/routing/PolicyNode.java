package dev.melancia.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A part of a policy document that knows where it stands, so that every refusal names the place.
 *
 * @param path such as {@code rules[2].when}; empty for the whole document
 */
record PolicyNode(String path, JsonNode json) {

    private static final int LONGEST_QUOTE = 80;

    /** An object with no other keys than these. */
    PolicyNode requireOnly(Collection<String> known) {
        if (!json.isObject()) {
            throw refuse("must be a JSON object with keys of " + known + ", was " + quoted());
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!known.contains(entry.getKey())) {
                throw refuse("has the unknown key \"" + shortened(entry.getKey()) + "\"; known keys are " + known
                        + ": correct its name or remove it");
            }
        }
        return this;
    }

    /** The only key of an object, which is one of these. */
    String only(Collection<String> known) {
        requireOnly(known);
        if (json.size() != 1) {
            throw refuse("must have exactly one key of " + known + ", had " + keys());
        }
        return json.fieldNames().next();
    }

    PolicyNode required(String key) {
        return optional(key).orElseThrow(() -> child(key).refuse("must be given; it is missing"));
    }

    Optional<PolicyNode> optional(String key) {
        return json.has(key) ? Optional.of(child(key)) : Optional.empty();
    }

    private PolicyNode child(String key) {
        return new PolicyNode(path.isEmpty() ? key : path + "." + key, json.path(key));
    }

    List<PolicyNode> items() {
        if (!json.isArray()) {
            throw refuse("must be a JSON array, was " + quoted() + "; write it in [ ]");
        }
        List<PolicyNode> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            items.add(new PolicyNode(path + "[" + i + "]", json.get(i)));
        }
        return items;
    }

    List<PolicyNode> atLeastOne() {
        List<PolicyNode> items = items();
        if (items.isEmpty()) {
            throw refuse("must have at least one entry, was []");
        }
        return items;
    }

    String text() {
        if (!json.isTextual()) {
            throw refuse("must be a string, was " + quoted() + "; write it in quotes");
        }
        return json.textValue();
    }

    String name() {
        String name = text();
        if (name.isBlank()) {
            throw refuse("must not be blank, was " + quoted());
        }
        return name;
    }

    int wholeNumber() {
        if (!json.isIntegralNumber() || !json.canConvertToInt()) {
            throw refuse("must be a whole number of at most " + Integer.MAX_VALUE + ", was " + quoted()
                    + (json.isTextual() ? "; write it without quotes" : ""));
        }
        return json.intValue();
    }

    double number() {
        if (!json.isNumber()) {
            throw refuse("must be a number, was " + quoted() + (json.isTextual() ? "; write it without quotes" : ""));
        }
        return json.doubleValue();
    }

    boolean truth() {
        if (!json.isBoolean()) {
            throw refuse("must be true or false, was " + quoted());
        }
        return json.booleanValue();
    }

    /** The value of this name. */
    <T> T oneOf(T[] values, Function<? super T, String> naming) {
        String name = text();
        return Stream.of(values)
                .filter(value -> naming.apply(value).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        refuse("must be one of " + Stream.of(values).map(naming).toList() + ", was " + quoted()));
    }

    List<String> keys() {
        return json.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What a factory makes of this part, or its refusal with the place. */
    <T> T make(Supplier<T> factory) {
        try {
            return factory.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new RoutingPolicyFormatException(path, where() + ": " + e.getMessage(), e);
        }
    }

    RoutingPolicyFormatException refuse(String rule) {
        return new RoutingPolicyFormatException(path, where() + " " + rule);
    }

    String quoted() {
        return shortened(json.toString());
    }

    private String where() {
        return path.isEmpty() ? "the policy document" : path;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
