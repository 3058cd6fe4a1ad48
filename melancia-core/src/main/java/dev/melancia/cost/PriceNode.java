package dev.melancia.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A part of a price document that knows where it stands, so that every refusal names the place.
 *
 * @param path such as {@code prices[2].validFrom}; empty for the whole document
 */
record PriceNode(String path, JsonNode json) {

    private static final int LONGEST_QUOTE = 80;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");

    /** An object with no other keys than these. */
    PriceNode requireOnly(Collection<String> known) {
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

    PriceNode required(String key) {
        return optional(key).orElseThrow(() -> child(key).refuse("must be given; it is missing"));
    }

    Optional<PriceNode> optional(String key) {
        return json.has(key) ? Optional.of(child(key)) : Optional.empty();
    }

    private PriceNode child(String key) {
        return new PriceNode(path.isEmpty() ? key : path + "." + key, json.path(key));
    }

    List<PriceNode> items() {
        if (!json.isArray()) {
            throw refuse("must be a JSON array, was " + quoted() + "; write it in [ ]");
        }
        List<PriceNode> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            items.add(new PriceNode(path + "[" + i + "]", json.get(i)));
        }
        return items;
    }

    String text() {
        if (!json.isTextual()) {
            throw refuse("must be a string, was " + quoted() + "; write it in quotes");
        }
        return json.textValue();
    }

    /** A price as a string, so that no reader of JSON makes a binary fraction of it. */
    String decimal() {
        if (!json.isTextual() || !DECIMAL.matcher(json.textValue()).matches()) {
            throw refuse(
                    "must be a decimal number in quotes such as \"0.15\", with at most six decimals, was " + quoted());
        }
        return json.textValue();
    }

    LocalDate day() {
        try {
            return LocalDate.parse(text());
        } catch (DateTimeParseException e) {
            throw refuse("must be a day such as \"2026-01-31\", was " + quoted());
        }
    }

    /** What a factory makes of this part, or its refusal with the place. */
    <T> T make(Supplier<T> factory) {
        try {
            return factory.get();
        } catch (IllegalArgumentException e) {
            throw new PriceTableFormatException(path, where() + ": " + e.getMessage(), e);
        }
    }

    PriceTableFormatException refuse(String rule) {
        return new PriceTableFormatException(path, where() + " " + rule);
    }

    String quoted() {
        return shortened(json.toString());
    }

    private String where() {
        return path.isEmpty() ? "the price document" : path;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
