package dev.melancia.examples.extractive;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions in words: a quotation with its source, or the refusal. The knowledge base is read and indexed once,
 * at the first question. Thread-safe.
 */
final class Answers {

    /**
     * Least share of the question, weighted by idf, that a snippet must cover to be quoted. Fitted together with the
     * boost of titles on {@code tuning-questions.jsonl}, never on the questions that measure the models: there it gives
     * 31 (sentence) and 33 (passage) right sources of 36 and 13 refusals of 14; 0.30 and 0.40 differ by one or two.
     */
    private static final double NEEDED_COVERAGE = 0.35;

    private final Supplier<KnowledgeBase> knowledge;
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable Map<AnswerStyle, SnippetIndex> indexes;

    Answers(Supplier<KnowledgeBase> knowledge) {
        this.knowledge = knowledge;
    }

    String answer(AnswerStyle style, String question) {
        SnippetIndex index = requireNonNull(indexes().get(style), style::model);
        return index.best(question)
                .filter(match -> match.coverage() >= NEEDED_COVERAGE)
                .map(match -> quotation(match.snippet()))
                .orElse(ExtractiveProvider.REFUSAL);
    }

    private static String quotation(Snippet snippet) {
        return "Segundo a base de conhecimento: “" + snippet.text() + "” " + AnswerSources.mark(snippet.source());
    }

    private Map<AnswerStyle, SnippetIndex> indexes() {
        Map<AnswerStyle, SnippetIndex> ready = indexes;
        if (ready != null) {
            return ready;
        }
        building.lock();
        try {
            ready = indexes;
            if (ready == null) {
                ready = build(knowledge.get());
                indexes = ready;
            }
            return ready;
        } finally {
            building.unlock();
        }
    }

    private static Map<AnswerStyle, SnippetIndex> build(KnowledgeBase knowledge) {
        try {
            Terms terms = new Terms();
            Map<AnswerStyle, SnippetIndex> built = new EnumMap<>(AnswerStyle.class);
            for (AnswerStyle style : AnswerStyle.values()) {
                List<Snippet> snippets = knowledge.passages().stream()
                        .flatMap(passage -> style.snippets(passage).stream())
                        .toList();
                built.put(style, new SnippetIndex(snippets, terms));
            }
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException("indexing the knowledge base on the heap failed", e);
        }
    }
}
