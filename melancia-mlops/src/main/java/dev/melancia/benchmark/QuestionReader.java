package dev.melancia.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One entry of a dataset as questions: one, or the turns of a conversation. Confined to one thread. */
final class QuestionReader {

    private static final List<String> FIELDS = List.of(
            "id",
            "question",
            "reference",
            "references",
            "sources",
            "context",
            "tags",
            "answerable",
            "conversation",
            "group",
            "turns");
    /** What stands beside turns; the rest stands in them. */
    private static final Set<String> BESIDE_TURNS = Set.of("id", "turns", "group");

    private final Function<String, DatasetException> problem;

    /** @param problem makes the error of what is wrong, with the place */
    QuestionReader(Function<String, DatasetException> problem) {
        this.problem = problem;
    }

    List<Question> questions(JsonNode node) {
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw problem("unknown field \"" + field + "\"; known are " + String.join(", ", FIELDS)
                        + "; the rest belongs in tags");
            }
        });
        return node.has("turns")
                ? conversation(node)
                : List.of(question(node, required(node, "id"), builder -> builder));
    }

    private List<Question> conversation(JsonNode node) {
        String id = required(node, "id");
        node.fieldNames().forEachRemaining(field -> {
            if (!BESIDE_TURNS.contains(field)) {
                throw problem(field + " must stand in a turn, not beside turns");
            }
        });
        JsonNode turns = node.get("turns");
        if (!turns.isArray() || turns.isEmpty()) {
            throw problem("turns must be an array of at least one object with a question, was "
                    + (turns.isArray() ? "empty" : kind(turns)));
        }
        Optional<String> group = text(node, "group");
        List<Question> questions = new ArrayList<>();
        for (JsonNode turn : turns) {
            questions.add(question(turn(turn), id + "/" + (questions.size() + 1), builder -> {
                group.ifPresent(builder::group);
                return builder.conversation(id);
            }));
        }
        return questions;
    }

    private JsonNode turn(JsonNode turn) {
        if (!turn.isObject()) {
            throw problem("turns must hold objects with a question, one was " + kind(turn));
        }
        Set<String> allowed = new LinkedHashSet<>(FIELDS);
        allowed.removeAll(Set.of("id", "turns", "group", "conversation"));
        turn.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                throw problem("a turn has no field \"" + field + "\"; known are " + String.join(", ", allowed));
            }
        });
        return turn;
    }

    private Question question(JsonNode node, String id, UnaryOperator<Question.Builder> more) {
        Question.Builder builder = Question.builder(id, required(node, "question"))
                .references(references(node))
                .sources(texts(node, "sources"))
                .tags(texts(node, "tags"));
        text(node, "context").ifPresent(builder::context);
        named(node, "conversation").ifPresent(builder::conversation);
        named(node, "group").ifPresent(builder::group);
        JsonNode answerable = node.path("answerable");
        if (!answerable.isMissingNode() && !answerable.isBoolean()) {
            throw problem("answerable must be true or false, was " + kind(answerable));
        }
        if (answerable.isBoolean()) {
            builder.answerable(answerable.booleanValue());
        }
        return more.apply(builder).build();
    }

    private List<String> references(JsonNode node) {
        Optional<String> one = text(node, "reference");
        List<String> several = texts(node, "references");
        if (one.isPresent() && !several.isEmpty()) {
            throw problem("reference and references are both there; put all of them in references");
        }
        one.filter(String::isBlank).ifPresent(blank -> {
            throw problem("reference must not be blank; leave it out when the question has no answer");
        });
        return one.map(List::of).orElse(several);
    }

    private String required(JsonNode node, String field) {
        return text(node, field)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> problem(
                        field + " must be a text that is not blank, was " + (node.has(field) ? "blank" : "missing")));
    }

    private Optional<String> named(JsonNode node, String field) {
        Optional<String> name = text(node, field);
        name.filter(String::isBlank).ifPresent(blank -> {
            throw problem(field + " must not be blank; leave it out when there is none");
        });
        return name;
    }

    private Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw problem(field + " must be a text, was " + kind(value));
        }
        return Optional.of(value.textValue());
    }

    private List<String> texts(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw problem(field + " must be an array of texts, was " + kind(value));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual() || element.textValue().isBlank()) {
                throw problem(field + " must hold texts that are not blank, element " + texts.size() + " was "
                        + (element.isTextual() ? "blank" : kind(element)));
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a text";
            default -> "null";
        };
    }

    private DatasetException problem(String what) {
        return problem.apply(what);
    }
}
