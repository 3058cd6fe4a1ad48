package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A routing policy as JSON, in the format that {@code docs/routing-policy.md} describes: what {@link #write} writes,
 * {@link #read} reads as the same policy. Names of models, tiers and flags are checked when the policy is bound, not here.
 * Stateless and thread-safe. Where the text comes from is the host's business: this package reads no files.
 *
 * @since 0.1.0
 */
public final class RoutingPolicyJson {

    /** The longest document that is read, in characters: 1,048,576. */
    public static final int MAX_CHARACTERS = 1 << 20;

    /** The most conditions that the {@code when} of one rule may have, combinations counted: 500. */
    public static final int MAX_CONDITIONS_PER_RULE = 500;

    static final List<String> POLICY =
            List.of("$schema", "policy", "version", "rules", "otherwise", "fallback", "budgetSpent");
    static final List<String> RULE = List.of("name", "when", "to");

    static final String REFUSE = "refuse";
    static final String FREE_MODEL = "freeModel";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter PRETTY = JSON.writer(printer());

    private RoutingPolicyJson() {}

    /**
     * Reads a policy.
     *
     * @param json one JSON object, at most {@link #MAX_CHARACTERS} long; a byte order mark in front is passed over
     * @throws RoutingPolicyFormatException when the text is not JSON, is too long, has a key twice or one that is not
     *     known, or a value is out of its range
     */
    public static RoutingPolicy read(String json) {
        if (requireNonNull(json, "json").length() > MAX_CHARACTERS) {
            throw new RoutingPolicyFormatException("", "the policy document " + tooLong(json));
        }
        try {
            return policy(
                    new PolicyNode("", JSON.readTree(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json)));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    /**
     * The policy as JSON over several lines, which end in {@code \n}; every setting is written, defaults too.
     *
     * @throws IllegalArgumentException when the policy is beyond the limits up to which one is read
     */
    public static String write(RoutingPolicy policy) {
        ObjectNode root = JSON.createObjectNode().put("policy", policy.id()).put("version", policy.version());
        ArrayNode rules = root.putArray("rules");
        for (Rule rule : policy.rules()) {
            ObjectNode node = rules.addObject().put("name", rule.name());
            node.set("when", when(rule));
            node.set("to", TargetJson.write(rule.target()));
        }
        root.set("otherwise", TargetJson.write(policy.otherwise()));
        root.put("fallback", policy.fallsBack());
        root.put("budgetSpent", policy.refusesWhenBudgetSpent() ? REFUSE : FREE_MODEL);
        String json = print(root) + "\n";
        if (json.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("policy \"" + policy.id() + "\" as JSON " + tooLong(json));
        }
        return json;
    }

    private static String print(ObjectNode root) {
        try {
            return PRETTY.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory is always written", e);
        }
    }

    private static ObjectNode when(Rule rule) {
        ObjectNode when = ConditionJson.write(rule.condition());
        int conditions = ConditionJson.count(when);
        if (conditions > MAX_CONDITIONS_PER_RULE) {
            throw new IllegalArgumentException("rule \"" + rule.name() + "\" " + tooManyConditions(conditions));
        }
        return when;
    }

    private static RoutingPolicy policy(PolicyNode root) {
        root.requireOnly(POLICY);
        root.optional("$schema").ifPresent(PolicyNode::text);
        RoutingPolicy.Builder policy =
                RoutingPolicy.builder(root.required("policy").name());
        root.optional("version").ifPresent(version -> policy.version(version.text()));
        root.optional("rules").ifPresent(rules -> rules.items().forEach(rule -> addRule(policy, rule)));
        policy.otherwise(TargetJson.read(root.required("otherwise")));
        if (!root.optional("fallback").map(PolicyNode::truth).orElse(true)) {
            policy.withoutFallback();
        }
        root.optional("budgetSpent")
                .map(spent -> spent.oneOf(new String[] {FREE_MODEL, REFUSE}, word -> word))
                .filter(REFUSE::equals)
                .ifPresent(refuse -> policy.refuseWhenBudgetSpent());
        return root.make(policy::build);
    }

    private static void addRule(RoutingPolicy.Builder policy, PolicyNode rule) {
        rule.requireOnly(RULE);
        PolicyNode when = rule.required("when");
        int conditions = ConditionJson.count(when.json());
        if (conditions > MAX_CONDITIONS_PER_RULE) {
            throw when.refuse(tooManyConditions(conditions));
        }
        String name = rule.required("name").name();
        policy.rule(name, ConditionJson.read(when), TargetJson.read(rule.required("to")));
    }

    private static String tooManyConditions(int conditions) {
        return "must have at most " + MAX_CONDITIONS_PER_RULE + " conditions, had " + conditions
                + "; make several rules of it";
    }

    private static String tooLong(String json) {
        return "must be at most " + MAX_CHARACTERS + " characters long, was " + json.length();
    }

    private static RoutingPolicyFormatException notJson(JsonProcessingException e) {
        String path = path(e);
        String what = e instanceof MismatchedInputException
                ? "must be one JSON object; remove what follows it"
                : "is not valid JSON" + (path.isEmpty() ? "" : " at " + path) + ": " + e.getOriginalMessage();
        return new RoutingPolicyFormatException(path, "the policy document " + what + place(e), e);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static String path(JsonProcessingException e) {
        StringBuilder path = new StringBuilder();
        JsonPointer pointer = e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer()
                : JsonPointer.empty();
        for (; !pointer.matches(); pointer = pointer.tail()) {
            if (pointer.mayMatchElement()) {
                path.append('[').append(pointer.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(pointer.getMatchingProperty());
            }
        }
        return path.toString();
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines);
    }
}
