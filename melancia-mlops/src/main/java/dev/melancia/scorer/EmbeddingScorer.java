package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cosine of the angle between the embeddings of the answer and of the best reference, as the model gives it: -1 to 1, not
 * mapped. What a good value is depends on the model: compare subjects, and never one model's values with another's. Not for
 * facts: a wrong number or a negation changes an embedding little.
 *
 * <p>References are embedded once and kept, up to 10,000; an answer and its new references go to the model in one call. A
 * failing model is a failed score. Thread-safe when the model is.
 *
 * @since 0.1.0
 */
public final class EmbeddingScorer implements Scorer {

    private static final int MOST_KEPT = 10_000;

    private final EmbeddingModel model;
    private final Map<String, float[]> references = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong texts = new AtomicLong();

    EmbeddingScorer(EmbeddingModel model) {
        this.model = requireNonNull(model, "model");
    }

    @Override
    public String name() {
        return "embedding similarity";
    }

    @Override
    public ScoreScale scale() {
        return new ScoreScale(-1, 1, true, false);
    }

    @Override
    public String measures() {
        return "Cosine of the embeddings of the answer and of the best reference; 0 for a blank answer";
    }

    @Override
    public String blindTo() {
        return "numbers, negations and names, which change an embedding little; languages the model was not trained on";
    }

    /** Its scores are kept with a run: the model may be paid for. */
    @Override
    public boolean isCostly() {
        return true;
    }

    /** With the name of the model, as far as the model tells it. */
    @Override
    public String fingerprint() {
        return name() + "\n" + measures() + "\nmodel " + model.modelName();
    }

    /** Calls made to the model, failed ones included. */
    public long calls() {
        return calls.get();
    }

    /** Texts handed to the model. */
    public long texts() {
        return texts.get();
    }

    @Override
    public Score score(Question question, Answer answer) {
        if (question.references().isEmpty()) {
            return Score.notApplicable("the question has no reference");
        }
        if (answer.text().isBlank()) {
            return Score.of(0);
        }
        try {
            return best(question.references(), answer.text());
        } catch (RuntimeException e) {
            return Score.failed("the embedding model failed: " + e.getClass().getSimpleName());
        }
    }

    private Score best(List<String> wanted, String answer) {
        List<String> asked = new ArrayList<>(List.of(answer));
        wanted.stream().filter(text -> !references.containsKey(text)).distinct().forEach(asked::add);
        List<float[]> embedded = embed(asked);
        Map<String, float[]> fresh = new java.util.HashMap<>();
        for (int i = 1; i < asked.size(); i++) {
            fresh.put(asked.get(i), embedded.get(i));
        }
        double best = -1;
        for (String text : wanted) {
            float[] reference = fresh.containsKey(text) ? fresh.get(text) : references.get(text);
            best = Math.max(best, cosine(embedded.get(0), requireNonNull(reference)));
        }
        if (references.size() + fresh.size() <= MOST_KEPT) {
            references.putAll(fresh);
        }
        return Score.of(best);
    }

    private List<float[]> embed(List<String> wanted) {
        calls.incrementAndGet();
        texts.addAndGet(wanted.size());
        List<Embedding> embeddings =
                model.embedAll(wanted.stream().map(TextSegment::from).toList()).content();
        if (embeddings.size() != wanted.size()) {
            throw new IllegalStateException("got " + embeddings.size() + " embeddings for " + wanted.size() + " texts");
        }
        return embeddings.stream().map(Embedding::vector).toList();
    }

    private static double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalStateException("embeddings have " + a.length + " and " + b.length + " dimensions");
        }
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            ofA += (double) a[i] * a[i];
            ofB += (double) b[i] * b[i];
        }
        double cosine = product / Math.sqrt(ofA * ofB);
        if (!Double.isFinite(cosine)) {
            throw new IllegalStateException("an embedding is zero or not finite");
        }
        return Math.max(-1, Math.min(1, cosine));
    }
}
