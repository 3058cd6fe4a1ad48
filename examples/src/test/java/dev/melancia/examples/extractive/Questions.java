package dev.melancia.examples.extractive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the question files, and builds the two models. */
final class Questions {

    static final ModelId SENTENCE = ModelId.of("extractive/sentence");
    static final ModelId PASSAGE = ModelId.of("extractive/passage");

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Questions() {}

    record Question(String id, String question, String reference, List<String> sources, boolean answerable) {

        Question {
            sources = sources == null ? List.of() : List.copyOf(sources);
        }

        int words() {
            return question.strip().split("\\s+").length;
        }

        boolean isHitBy(String answer) {
            return AnswerSources.of(answer).stream().anyMatch(sources::contains);
        }
    }

    static List<Question> measuring() {
        return read("questions.jsonl");
    }

    static List<Question> tuning() {
        return read("tuning-questions.jsonl");
    }

    static String resource(String name) {
        try (InputStream in = ExtractiveProvider.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    static ChatModel model(ModelId id) {
        return new ExtractiveProvider().chatModel(ModelSettings.of(id));
    }

    private static List<Question> read(String name) {
        List<Question> questions = new ArrayList<>();
        for (String line : resource(name).lines().toList()) {
            try {
                questions.add(JSON.readValue(line, Question.class));
            } catch (IOException e) {
                throw new AssertionError(name + " line " + (questions.size() + 1), e);
            }
        }
        return questions;
    }
}
