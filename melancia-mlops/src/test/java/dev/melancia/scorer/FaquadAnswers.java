package dev.melancia.scorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Labelled answers to FaQuAD questions (CC BY 4.0); a test that needs them is skipped by name without the questions. */
final class FaquadAnswers {

    private static final String FAQUAD = "faquad-dev.jsonl";
    private static final String LABELS = "faquad-answers.jsonl";
    private static final JsonMapper JSON = new JsonMapper();

    private FaquadAnswers() {}

    /**
     * One answer.
     *
     * @param question with references and context
     * @param label right, wrong or partial
     * @param kind how it was written
     */
    record Labelled(Question question, String label, String kind, String text) {

        double score(Scorer scorer) {
            return scorer.score(question, Answer.of(text)).value().orElseThrow();
        }
    }

    static List<Question> questions() throws IOException {
        return List.copyOf(byId(true).values());
    }

    static List<Labelled> all() throws IOException {
        return labelled(byId(true));
    }

    /** As {@link #all}, but the questions do not tell their context. */
    static List<Labelled> withoutContext() throws IOException {
        return labelled(byId(false));
    }

    private static List<Labelled> labelled(Map<String, Question> questions) {
        return resource(LABELS).stream()
                .map(line -> {
                    Question question = Objects.requireNonNull(
                            questions.get(line.path("question").asText()));
                    return new Labelled(
                            question,
                            line.path("label").asText(),
                            line.path("kind").asText(),
                            line.path("text").asText(question.references().get(0)));
                })
                .toList();
    }

    private static Map<String, Question> byId(boolean context) throws IOException {
        Map<String, Question> questions = new LinkedHashMap<>();
        for (JsonNode line : PublicData.lines(FAQUAD)) {
            Question.Builder builder = Question.builder(
                            line.path("id").asText(), line.path("question").asText())
                    .references(StreamSupport.stream(line.path("answers").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList());
            if (context) {
                builder.context(line.path("context").asText());
            }
            questions.put(line.path("id").asText(), builder.build());
        }
        return questions;
    }

    /** The lines of a file beside the tests. */
    static List<JsonNode> resource(String name) {
        try (InputStream in = Objects.requireNonNull(FaquadAnswers.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(FaquadAnswers::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
