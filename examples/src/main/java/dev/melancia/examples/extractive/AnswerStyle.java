package dev.melancia.examples.extractive;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The two models: each cuts the passages into its own snippets. */
enum AnswerStyle {
    /** Quotes one sentence: short and cheap; misses what its passage says two sentences later. */
    SENTENCE("sentence") {
        @Override
        List<Snippet> snippets(Passage passage) {
            return sentences(passage.text()).stream()
                    .map(sentence -> new Snippet(passage.id(), passage.title(), sentence))
                    .toList();
        }
    },
    /** Quotes a whole passage: finds more, and says more than was asked. */
    PASSAGE("passage") {
        @Override
        List<Snippet> snippets(Passage passage) {
            return List.of(new Snippet(passage.id(), passage.title(), passage.text()));
        }
    };

    private static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");

    private final String model;

    AnswerStyle(String model) {
        this.model = model;
    }

    static Optional<AnswerStyle> ofModel(String name) {
        return Arrays.stream(values()).filter(style -> style.model.equals(name)).findFirst();
    }

    /** Names of all models, as an error message lists them. */
    static String models() {
        return Arrays.stream(values()).map(AnswerStyle::model).collect(Collectors.joining(", "));
    }

    abstract List<Snippet> snippets(Passage passage);

    String model() {
        return model;
    }

    private static List<String> sentences(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(PORTUGUESE);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }
}
