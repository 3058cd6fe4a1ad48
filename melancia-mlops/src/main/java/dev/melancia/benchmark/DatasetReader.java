package dev.melancia.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.scorer.Question;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads questions from JSON lines. Confined to one thread. */
final class DatasetReader {

    private static final Set<String> FIELDS =
            Set.of("id", "question", "reference", "references", "sources", "context", "tags", "answerable");
    private static final String KNOWN_FIELDS =
            "id, question, reference, references, sources, context, tags and answerable";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final List<Question> questions = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private int line;

    DatasetReader(String name) {
        this.name = name;
    }

    List<Question> read(byte[] file) {
        int start = hasByteOrderMark(file) ? 3 : 0;
        for (int i = start; i <= file.length; i++) {
            if (i == file.length || file[i] == '\n') {
                line++;
                readLine(decode(ByteBuffer.wrap(file, start, i - start)));
                start = i + 1;
            }
        }
        if (questions.isEmpty()) {
            throw new DatasetException(
                    name, 0, "no question; write one JSON object a line, such as {\"id\":\"q1\",\"question\":\"…\"}");
        }
        return List.copyOf(questions);
    }

    private static boolean hasByteOrderMark(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
    }

    private String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw problem("not UTF-8; convert the file, for example with iconv -f ISO-8859-1 -t UTF-8");
        }
    }

    private void readLine(String text) {
        if (text.isBlank()) {
            return;
        }
        Question question = question(object(text));
        Integer earlier = lineOfId.putIfAbsent(question.id(), line);
        if (earlier != null) {
            throw problem("id \"" + question.id() + "\" is already on line " + earlier + "; ids must be unique");
        }
        questions.add(question);
    }

    private JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw problem("a line must be one JSON object, was " + kind(node)
                        + "; a JSON array must be written one element a line");
            }
            return node;
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw problem("not valid JSON at column " + column
                    + "; each line must be one whole object with each field once, quotes escaped as \\\"");
        }
    }

    private Question question(JsonNode node) {
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw problem(
                        "unknown field \"" + field + "\"; known are " + KNOWN_FIELDS + ", the rest belongs in tags");
            }
        });
        Question.Builder builder = Question.builder(required(node, "id"), required(node, "question"))
                .references(references(node))
                .sources(texts(node, "sources"))
                .tags(texts(node, "tags"));
        text(node, "context").ifPresent(builder::context);
        JsonNode answerable = node.path("answerable");
        if (!answerable.isMissingNode() && !answerable.isBoolean()) {
            throw problem("answerable must be true or false, was " + kind(answerable));
        }
        if (answerable.isBoolean()) {
            builder.answerable(answerable.booleanValue());
        }
        return builder.build();
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

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a text";
            default -> "null";
        };
    }

    private DatasetException problem(String problem) {
        return new DatasetException(name, line, problem);
    }
}
