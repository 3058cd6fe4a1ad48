package dev.melancia.flags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads flag definitions in flagd's JSON format; a property that is not understood is refused by name. */
final class FlagFile {

    private static final Set<String> ROOT = Set.of("flags", "$schema", "metadata");
    private static final Set<String> FLAG = Set.of("state", "variants", "defaultVariant", "targeting", "metadata");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String where;

    private FlagFile(String where) {
        this.where = where;
    }

    /**
     * Flags of a file by their keys.
     *
     * @throws FlagConfigurationException when the file cannot be read or does not hold what it should
     */
    static Map<String, Flag> read(Path file) {
        try {
            return new FlagFile(file.toString()).flags(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new FlagConfigurationException(
                    "flag file " + file + " is not JSON: " + e.getOriginalMessage() + location(e), e);
        } catch (IOException e) {
            throw new FlagConfigurationException("flag file " + file + " cannot be read: " + e, e);
        }
    }

    private static String location(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private Map<String, Flag> flags(JsonNode root) {
        requireOnly(root, ROOT, "flag file " + where);
        JsonNode flags = root.path("flags");
        if (!flags.isObject()) {
            throw new FlagConfigurationException("flag file " + where + " must have an object \"flags\"");
        }
        Map<String, Flag> read = new LinkedHashMap<>();
        flags.properties().forEach(entry -> read.put(entry.getKey(), flag(entry.getKey(), entry.getValue())));
        return read;
    }

    private Flag flag(String key, JsonNode node) {
        requireOnly(node, FLAG, "flag \"" + key + "\" (" + where + ")");
        Map<String, FlagValue> variants = variants(key, node.path("variants"));
        FlagType type = variants.values().iterator().next().type();
        JsonNode targeting = node.path("targeting");
        boolean untargeted =
                targeting.isMissingNode() || targeting.isNull() || targeting.equals(JSON.createObjectNode());
        Rule rule = untargeted ? Rule.fixed(null) : new TargetingParser(key, where, variants.keySet()).rule(targeting);
        Flag otherwise = defaultFlag(key, type, node, variants);
        if (!enabled(key, node.path("state"))) {
            return Flag.callersDefault(key, type, node, FlagReason.DISABLED);
        }
        return untargeted ? otherwise : otherwise.targeted(rule, variants);
    }

    private Flag defaultFlag(String key, FlagType type, JsonNode node, Map<String, FlagValue> variants) {
        JsonNode name = node.path("defaultVariant");
        if (name.isMissingNode() || name.isNull()) {
            return Flag.callersDefault(key, type, node, FlagReason.DEFAULT);
        }
        FlagValue value = name.isTextual() ? variants.get(name.textValue()) : null;
        if (value == null) {
            throw refuse(key, "defaultVariant must be one of the variants " + variants.keySet() + ", was " + name);
        }
        return Flag.variant(key, node, name.textValue(), value);
    }

    private Map<String, FlagValue> variants(String key, JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            throw refuse(key, "variants must be an object with at least one variant");
        }
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        node.properties().forEach(entry -> variants.put(entry.getKey(), value(key, entry.getKey(), entry.getValue())));
        if (variants.values().stream().map(FlagValue::type).distinct().count() > 1) {
            throw refuse(key, "all variants must be of one type, were " + node);
        }
        return variants;
    }

    private FlagValue value(String key, String variant, JsonNode node) {
        Object value = null;
        if (node.isBoolean()) {
            value = node.booleanValue();
        } else if (node.isTextual()) {
            value = node.textValue();
        } else if (node.isNumber()) {
            value = FlagType.number(node.decimalValue());
        }
        if (value == null) {
            throw refuse(key, "variant \"" + variant + "\" must be a boolean, a number or a string, was " + node);
        }
        return FlagValue.of(key, value, "variant \"" + variant + "\" in " + where);
    }

    private boolean enabled(String key, JsonNode state) {
        return switch (state.asText()) {
            case "ENABLED" -> true;
            case "DISABLED" -> false;
            default ->
                throw refuse(
                        key,
                        "state must be \"ENABLED\" or \"DISABLED\", was "
                                + (state.isMissingNode() ? "missing" : state.toString()));
        };
    }

    private FlagConfigurationException refuse(String key, String what) {
        return new FlagConfigurationException("flag \"" + key + "\" (" + where + "): " + what);
    }

    private static void requireOnly(JsonNode node, Set<String> known, String what) {
        if (!node.isObject()) {
            throw new FlagConfigurationException(what + " must be a JSON object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new FlagConfigurationException(
                        what + " has a property \"" + name + "\" that is not supported; supported: "
                                + known.stream().sorted().toList());
            }
        });
    }
}
