package dev.melancia.scorer;

import java.util.List;

/**
 * The scorers that come with the library. What each one measures, cannot see, and how well it agrees with people it says
 * itself ({@link Scorer#measures()}, {@link Scorer#blindTo()}, {@link Scorer#agreement()}). All are immutable and may be
 * shared between threads and benchmarks. For a scorer of your own implement {@link Scorer}.
 *
 * @since 0.1.0
 */
public final class Scorers {

    private static final int FIRST_SOURCES = 5;

    private Scorers() {}

    /** The scorers that need no model and apply to most datasets: token F1, trigram Dice, refusal correctness, source hit. */
    public static List<Scorer> standard() {
        return List.of(tokenF1(), trigramDice(), refusal(), sourceHit(FIRST_SOURCES));
    }

    /**
     * Word overlap with the best reference: harmonic mean of precision and recall, 0 to 1. Not for free-form answers, where
     * a good paraphrase scores low.
     */
    public static Scorer tokenF1() {
        return new TokenF1();
    }

    /** Likeness of spelling to the best reference, 0 to 1. Not for facts: a wrong number changes it little. */
    public static Scorer trigramDice() {
        return new TrigramDice();
    }

    /** 1 when an answerable question was answered or an unanswerable one refused, else 0. */
    public static Scorer refusal() {
        return new RefusalCorrectness();
    }

    /** 1 when the subject refused, right or wrong, else 0; read it beside {@link #refusal()}. */
    public static Scorer refused() {
        return new Refused();
    }

    /** 1 when the answer is a reference word by word, articles, prepositions and accents aside, else 0. */
    public static Scorer exactMatch() {
        return new ExactMatch();
    }

    /**
     * Share of the words of the best reference that the answer says, 0 to 1. A longer answer says more: read it beside
     * {@link #tokenF1()}, never alone.
     */
    public static Scorer tokenRecall() {
        return new TokenRecall();
    }

    /**
     * Whether a free-form answer says what a reference says in reply to the question, 0 to 1. Not for questions that have
     * many right answers, of which the references name a few.
     */
    public static Scorer correctness() {
        return new Correctness();
    }

    /**
     * Share of the answer's sentences that the given sources support, 0 to 1. Not applicable without source texts and for
     * a refusal; not for judging whether the answer replies to the question.
     */
    public static Scorer groundedness() {
        return new Groundedness();
    }

    /**
     * What {@link #groundedness()} sees in each sentence of an answer, in order; empty without source texts, or when nothing
     * is asserted.
     */
    public static List<SentenceSupport> groundedSentences(Question question, Answer answer) {
        return Groundedness.sentences(question, answer);
    }

    /** Starts a weighted mean of scorers; {@link CompositeScorer} says what happens where a part does not apply. */
    public static CompositeScorer.Builder composite(String name) {
        return CompositeScorer.builder(name);
    }

    /**
     * One number for an answer, 0 to 1: {@link #correctness()}, of which {@link #groundedness()} takes away up to 20 % where
     * there are source texts (weights 4 and 1). 1 for refusing a question without an answer, 0 for refusing one that has an
     * answer. Not applicable to a question that has an answer but no reference.
     */
    public static CompositeScorer quality() {
        return composite("quality")
                .required(correctness(), 4)
                .optional(groundedness(), 1)
                .build();
    }

    /**
     * 1 when an expected source is among the first sources of the answer, else 0.
     *
     * @param first how many sources count, at least 1
     * @throws IllegalArgumentException when below 1
     */
    public static Scorer sourceHit(int first) {
        return Retrieval.hit(first);
    }

    /**
     * Expected sources among the first sources of the answer, divided by {@code first}: a list that is shorter counts as
     * filled up with misses.
     *
     * @param first how many sources count, at least 1
     * @throws IllegalArgumentException when below 1
     */
    public static Scorer retrievalPrecision(int first) {
        return Retrieval.precision(first);
    }

    /**
     * Share of the expected sources that are among the first sources of the answer.
     *
     * @param first how many sources count, at least 1
     * @throws IllegalArgumentException when below 1
     */
    public static Scorer retrievalRecall(int first) {
        return Retrieval.recall(first);
    }

    /** 1 / place of the first expected source, 0 when none is named; its mean over the questions is the MRR. */
    public static Scorer reciprocalRank() {
        return Retrieval.reciprocalRank();
    }
}
