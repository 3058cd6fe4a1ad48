package dev.melancia.call;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.FlagSeen;
import dev.melancia.routing.Rejection;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An object of a line, asked for fields: what is not there, or of another type, is absent. Never changed. */
final class LineNode {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // a torn line may run into the next one
            .build();
    private static final int LONGEST_AMOUNT = 64;
    private static final int PICO_SCALE = 12;

    private final JsonNode json;

    private LineNode(JsonNode json) {
        this.json = json;
    }

    /** The object that a line is; empty when it is none. */
    static Optional<LineNode> parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.isObject() ? Optional.of(new LineNode(json)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    Optional<String> text(String field) {
        return text(json.path(field));
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    Optional<Boolean> truth(String field) {
        JsonNode value = json.path(field);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    OptionalLong number(String field) {
        JsonNode value = json.path(field);
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    /** A number that counts something: below zero it counts nothing. */
    OptionalLong count(String field) {
        OptionalLong number = number(field);
        return number.isPresent() && number.getAsLong() < 0 ? OptionalLong.empty() : number;
    }

    OptionalLong longText(String field) {
        try {
            Optional<String> text = text(field);
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    Optional<CallId> callId(String field) {
        try {
            return text(field).map(CallId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<ModelId> model(String field) {
        return text(field).flatMap(LineNode::modelId);
    }

    private static Optional<ModelId> modelOf(JsonNode value) {
        return text(value).flatMap(LineNode::modelId);
    }

    private static Optional<ModelId> modelId(String text) {
        try {
            return Optional.of(ModelId.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    List<ModelId> models(String field) {
        return elements(field).flatMap(value -> modelOf(value).stream()).toList();
    }

    /** A constant's name in lower case, as it is written; {@code other} when there is none of that name. */
    String constant(String field, Enum<?>... constants) {
        String text = text(field).orElse("");
        return Arrays.stream(constants)
                        .anyMatch(constant -> EventText.name(constant).equals(text))
                ? text
                : "other";
    }

    String outcome() {
        return constant("outcome", Outcome.values());
    }

    boolean isAnswer() {
        String outcome = outcome();
        return Arrays.stream(Outcome.values())
                .anyMatch(one -> one.isAnswer() && EventText.name(one).equals(outcome));
    }

    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.path(field)
                .properties()
                .forEach(entry -> text(entry.getValue()).ifPresent(value -> texts.put(entry.getKey(), value)));
        return Collections.unmodifiableMap(texts);
    }

    /** The objects of an array. */
    Stream<LineNode> items(String field) {
        return elements(field).filter(JsonNode::isObject).map(LineNode::new);
    }

    List<Rejection> rejections() {
        return items("rejections")
                .flatMap(
                        item -> item.model("model").stream().map(model -> new Rejection(model, item.orEmpty("reason"))))
                .toList();
    }

    List<FlagSeen> flags() {
        return items("flags")
                .flatMap(item -> item.text("flag").stream()
                        .map(flag -> new FlagSeen(flag, item.orEmpty("value"), item.orEmpty("reason"))))
                .toList();
    }

    private String orEmpty(String field) {
        return text(field).orElse("");
    }

    private Stream<JsonNode> elements(String field) {
        return json.path(field).isArray() ? json.path(field).valueStream() : Stream.empty();
    }

    Cost cost() {
        return cost("cost", "cost_kind");
    }

    Cost savedCost() {
        return cost("saved_cost", "saved_cost_kind");
    }

    private Cost cost(String field, String kindField) {
        return switch (text(kindField).orElse("")) {
            case "known" -> amount(field, Cost.Kind.KNOWN).orElse(Cost.unknown());
            case "estimated" -> amount(field, Cost.Kind.ESTIMATED).orElse(Cost.unknown());
            default -> Cost.unknown();
        };
    }

    /** An amount of money; empty in another currency than ours. */
    Optional<Cost> amount(String field, Cost.Kind kind) {
        if (!text("currency").orElse("USD").equals("USD")) {
            return Optional.empty();
        }
        try {
            return text(field)
                    .filter(text -> text.length() <= LONGEST_AMOUNT)
                    .map(text ->
                            new BigDecimal(text).scaleByPowerOfTen(PICO_SCALE).longValueExact())
                    .map(pico -> new Cost(kind, pico));
        } catch (IllegalArgumentException | ArithmeticException e) { // no number, below zero, too fine or too large
            return Optional.empty();
        }
    }
}
