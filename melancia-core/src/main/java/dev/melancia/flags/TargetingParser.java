package dev.melancia.flags;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the part of flagd's targeting language that is supported; whatever else is there is refused by name. */
final class TargetingParser {

    private static final String RULES = "if, fractional";
    private static final String EXPRESSIONS = "==, in, var, cat";
    private static final int MAX_DEPTH = 32;

    private final String flagKey;
    private final String where;
    private final Set<String> variants;

    TargetingParser(String flagKey, String where, Set<String> variants) {
        this.flagKey = flagKey;
        this.where = where;
        this.variants = variants;
    }

    Rule rule(JsonNode node) {
        return rule(node, 0);
    }

    private Rule rule(JsonNode node, int depth) {
        if (node.isNull()) {
            return Rule.fixed(null);
        }
        if (node.isTextual() || node.isBoolean()) {
            return Rule.fixed(variant(node));
        }
        Operation operation = operation(node, RULES, depth);
        return switch (operation.name()) {
            case "if" -> ifRule(operation.arguments(), depth + 1);
            case "fractional" -> fractional(operation.arguments(), depth + 1);
            default -> throw unsupported(operation.name(), "where a variant is chosen", RULES);
        };
    }

    private Rule ifRule(List<JsonNode> arguments, int depth) {
        if (arguments.size() < 2) {
            throw refuse("if needs a condition and a variant, had " + arguments.size() + " arguments");
        }
        List<Expression> conditions = new ArrayList<>();
        List<Rule> branches = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            conditions.add(expression(arguments.get(i), depth));
            branches.add(rule(arguments.get(i + 1), depth));
        }
        boolean hasElse = arguments.size() % 2 == 1;
        Rule otherwise = hasElse ? rule(arguments.get(arguments.size() - 1), depth) : Rule.fixed(null);
        return new Rule.If(List.copyOf(conditions), List.copyOf(branches), otherwise);
    }

    private Rule fractional(List<JsonNode> arguments, int depth) {
        if (FlagValue.isShare(flagKey)) {
            throw refuse("fractional in a flag that is itself a share would split the same users twice; use if");
        }
        boolean keyed = !arguments.isEmpty() && !arguments.get(0).isArray();
        Expression key = keyed ? expression(arguments.get(0), depth) : null;
        List<JsonNode> arms = keyed ? arguments.subList(1, arguments.size()) : arguments;
        List<String> names = new ArrayList<>();
        int[] weights = new int[arms.size()];
        for (int i = 0; i < weights.length; i++) {
            JsonNode arm = arms.get(i);
            if (!arm.isArray() || arm.isEmpty() || arm.size() > 2) {
                throw refuse("fractional: an arm must be [\"variant\", weight], was " + arm);
            }
            names.add(variant(arm.get(0)));
            weights[i] = arm.size() == 1 ? 1 : weight(arm.get(1));
        }
        try {
            return new Rule.Fractional(key, List.copyOf(names), Split.ofWeights(flagKey, weights));
        } catch (IllegalArgumentException e) {
            throw new FlagConfigurationException(prefix() + "fractional: " + e.getMessage(), e);
        }
    }

    private int weight(JsonNode node) {
        if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToInt()) {
            throw refuse("fractional: a weight must be a whole number in [0, 2147483647], was " + node);
        }
        return node.intValue();
    }

    private String variant(JsonNode node) {
        String name = node.isTextual() || node.isBoolean() ? node.asText() : null;
        if (name == null || !variants.contains(name)) {
            throw refuse("targeting must name one of the variants " + variants + ", was " + node);
        }
        return name;
    }

    private Expression expression(JsonNode node, int depth) {
        if (node.isObject()) {
            Operation operation = operation(node, EXPRESSIONS, depth);
            return switch (operation.name()) {
                case "==" -> equal(operation.arguments(), depth + 1);
                case "in" -> in(operation.arguments(), depth + 1);
                case "var" -> variable(operation.arguments());
                case "cat" -> cat(operation.arguments(), depth + 1);
                default -> throw unsupported(operation.name(), "in a condition or a key", EXPRESSIONS);
            };
        }
        Object value = node.isArray() ? literals(node) : literal(node);
        return scope -> value;
    }

    private Expression equal(List<JsonNode> arguments, int depth) {
        requireCount("==", arguments, 2);
        if (arguments.stream().anyMatch(JsonNode::isArray)) {
            throw refuse("== compares single values; for a list use in");
        }
        Expression left = expression(arguments.get(0), depth);
        Expression right = expression(arguments.get(1), depth);
        return scope -> JsonLogic.equal(left.value(scope), right.value(scope));
    }

    private Expression in(List<JsonNode> arguments, int depth) {
        requireCount("in", arguments, 2);
        Expression needle = expression(arguments.get(0), depth);
        Expression haystack = expression(arguments.get(1), depth);
        return scope -> JsonLogic.in(needle.value(scope), haystack.value(scope));
    }

    private Expression variable(List<JsonNode> arguments) {
        if (arguments.isEmpty()
                || arguments.size() > 2
                || !arguments.get(0).isTextual()
                || arguments.get(0).asText().isEmpty()) {
            throw refuse("var needs the name of an attribute and perhaps a default, had " + arguments);
        }
        String name = arguments.get(0).asText();
        if (name.startsWith("$flagd.") && !name.equals("$flagd.flagKey")) {
            throw refuse("var \"" + name + "\" is not supported; of $flagd only flagKey is");
        }
        Object fallback = arguments.size() == 2 ? literal(arguments.get(1)) : null;
        return scope -> {
            Object value = scope.variable(name);
            return value == null ? fallback : value;
        };
    }

    /** Null when a part is missing: a key without its user would put everybody on one side. */
    private Expression cat(List<JsonNode> arguments, int depth) {
        List<Expression> parts =
                arguments.stream().map(part -> expression(part, depth)).toList();
        return scope -> {
            StringBuilder text = new StringBuilder();
            for (Expression part : parts) {
                String piece = JsonLogic.text(part.value(scope));
                if (piece == null) {
                    return null;
                }
                text.append(piece);
            }
            return text.toString();
        };
    }

    private List<@Nullable Object> literals(JsonNode array) {
        List<@Nullable Object> values = new ArrayList<>();
        array.forEach(element -> values.add(literal(element)));
        return values;
    }

    private @Nullable Object literal(JsonNode node) {
        if (node.isContainerNode()) {
            throw refuse("a list or a default must hold plain values, was " + node);
        }
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.asText();
    }

    /** The one operator of an object; a single argument may stand without its array. */
    private Operation operation(JsonNode node, String supported, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse("targeting must not be nested deeper than " + MAX_DEPTH);
        }
        if (!node.isObject() || node.size() != 1) {
            throw refuse("an operation must be an object with one of " + supported + ", was " + node);
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        List<JsonNode> arguments = new ArrayList<>();
        if (only.getValue().isArray()) {
            only.getValue().forEach(arguments::add);
        } else {
            arguments.add(only.getValue());
        }
        return new Operation(only.getKey(), arguments);
    }

    private void requireCount(String operator, List<JsonNode> arguments, int count) {
        if (arguments.size() != count) {
            throw refuse(operator + " needs " + count + " arguments, had " + arguments.size());
        }
    }

    private FlagConfigurationException unsupported(String operator, String place, String supported) {
        return refuse("operator \"" + operator + "\" is not supported " + place + "; supported: " + supported);
    }

    private FlagConfigurationException refuse(String what) {
        return new FlagConfigurationException(prefix() + what);
    }

    private String prefix() {
        return "flag \"" + flagKey + "\" (" + where + "): ";
    }

    private record Operation(String name, List<JsonNode> arguments) {}
}
