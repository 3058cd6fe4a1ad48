package dev.melancia.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.call.Urgency;
import dev.melancia.provider.ModelCapability;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** A condition as an object of one key, which names its kind; and back. Stateless. */
final class ConditionJson implements ConditionVisitor<ObjectNode> {

    static final List<String> KINDS = List.of(
            "fewerWordsThan",
            "fewerCharactersThan",
            "containsAnyWord",
            "matches",
            "promptTokensAtLeast",
            "urgency",
            "userTier",
            "tenant",
            "tag",
            "promptVersion",
            "needs",
            "flagOn",
            "all",
            "any",
            "not");
    static final List<String> TAG = List.of("name", "value");

    private static final List<String> COMBINATIONS = List.of("all", "any");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ConditionJson WRITER = new ConditionJson();

    private ConditionJson() {}

    static ObjectNode write(Condition condition) {
        return condition.accept(WRITER);
    }

    /** How many conditions stand in this one, itself counted; whatever else stands there counts as one. */
    static int count(JsonNode condition) {
        int count = 1;
        for (String combination : COMBINATIONS) {
            for (JsonNode member : condition.path(combination)) {
                count += count(member);
            }
        }
        return condition.has("not") ? count + count(condition.get("not")) : count;
    }

    static Condition read(PolicyNode node) {
        String kind = node.only(KINDS);
        PolicyNode value = node.required(kind);
        return value.make(() -> read(kind, value));
    }

    private static Condition read(String kind, PolicyNode value) {
        return switch (kind) {
            case "fewerWordsThan" -> Condition.fewerWordsThan(value.wholeNumber());
            case "fewerCharactersThan" -> Condition.fewerCharactersThan(value.wholeNumber());
            case "containsAnyWord" ->
                Condition.containsAnyWord(
                        value.atLeastOne().stream().map(PolicyNode::text).toList());
            case "matches" -> Condition.matches(value.text());
            case "promptTokensAtLeast" -> Condition.promptTokensAtLeast(value.wholeNumber());
            case "urgency" -> Condition.urgency(value.oneOf(Urgency.values(), ConditionJson::name));
            case "userTier" -> Condition.userTier(value.text());
            case "tenant" -> Condition.tenant(value.text());
            case "tag" -> readTag(value.requireOnly(TAG));
            case "promptVersion" -> Condition.promptVersion(value.text());
            case "needs" -> Condition.needs(value.oneOf(ModelCapability.values(), ConditionJson::name));
            case "flagOn" -> Condition.flagOn(value.text());
            case "all" -> combined(value, Condition::and);
            case "any" -> combined(value, Condition::or);
            case "not" -> Condition.not(read(value));
            default -> throw new AssertionError(kind);
        };
    }

    private static Condition readTag(PolicyNode tag) {
        return Condition.tag(tag.required("name").text(), tag.required("value").text());
    }

    private static Condition combined(PolicyNode list, BinaryOperator<Condition> operator) {
        return list.atLeastOne().stream()
                .map(ConditionJson::read)
                .reduce(operator)
                .orElseThrow();
    }

    static List<String> capabilities() {
        return Stream.of(ModelCapability.values()).map(ConditionJson::name).toList();
    }

    static List<String> urgencies() {
        return Stream.of(Urgency.values()).map(ConditionJson::name).toList();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public ObjectNode fewerWordsThan(int limit) {
        return node("fewerWordsThan", NODES.numberNode(limit));
    }

    @Override
    public ObjectNode fewerCharactersThan(int limit) {
        return node("fewerCharactersThan", NODES.numberNode(limit));
    }

    @Override
    public ObjectNode containsAnyWord(List<String> words) {
        ArrayNode array = NODES.arrayNode();
        words.forEach(array::add);
        return node("containsAnyWord", array);
    }

    @Override
    public ObjectNode matches(String regex) {
        return text("matches", regex);
    }

    @Override
    public ObjectNode promptTokensAtLeast(int tokens) {
        return node("promptTokensAtLeast", NODES.numberNode(tokens));
    }

    @Override
    public ObjectNode urgency(Urgency urgency) {
        return text("urgency", name(urgency));
    }

    @Override
    public ObjectNode userTier(String tier) {
        return text("userTier", tier);
    }

    @Override
    public ObjectNode tenant(String tenant) {
        return text("tenant", tenant);
    }

    @Override
    public ObjectNode tag(String name, String value) {
        return node("tag", NODES.objectNode().put("name", name).put("value", value));
    }

    @Override
    public ObjectNode promptVersion(String version) {
        return text("promptVersion", version);
    }

    @Override
    public ObjectNode needs(ModelCapability capability) {
        return text("needs", name(capability));
    }

    @Override
    public ObjectNode flagOn(String flag) {
        return text("flagOn", flag);
    }

    @Override
    public ObjectNode all(List<Condition> conditions) {
        return combination("all", conditions);
    }

    @Override
    public ObjectNode any(List<Condition> conditions) {
        return combination("any", conditions);
    }

    @Override
    public ObjectNode not(Condition condition) {
        return node("not", write(condition));
    }

    private static ObjectNode combination(String kind, List<Condition> conditions) {
        ArrayNode array = NODES.arrayNode();
        conditions.forEach(condition -> array.add(write(condition)));
        return node(kind, array);
    }

    private static ObjectNode text(String kind, String value) {
        return node(kind, NODES.textNode(value));
    }

    private static ObjectNode node(String kind, JsonNode value) {
        return NODES.objectNode().set(kind, value);
    }
}
