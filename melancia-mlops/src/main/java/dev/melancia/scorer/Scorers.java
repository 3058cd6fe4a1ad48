package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;
import java.util.regex.Pattern;

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

    /**
     * The scorers that need no model and fit most datasets: quality, correctness, groundedness, token F1, refusal
     * correctness, source hit@5.
     */
    public static List<Scorer> standard() {
        return List.of(quality(), correctness(), groundedness(), tokenF1(), refusal(), sourceHit(FIRST_SOURCES));
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

    /**
     * 1 when the answer is in the given language, else 0; not applicable to a text of fewer than three words.
     *
     * @param code {@code pt}, {@code en} or {@code es}; {@code fr}, {@code it} and {@code de} are told apart too, without
     *     having been measured
     * @throws IllegalArgumentException for another code
     */
    public static Scorer language(String code) {
        return new LanguageMatch(requireNonNull(code, "code"));
    }

    /** 1 when the answer is in the language of the question, else 0; not applicable where either is too short to tell. */
    public static Scorer language() {
        return new LanguageMatch(null);
    }

    /**
     * 1 when the answer has so many words, else 0.
     *
     * @throws IllegalArgumentException unless 0 &lt;= min &lt;= max
     */
    public static Scorer length(int min, int max) {
        return Length.words(min, max);
    }

    /**
     * 1 when the answer has so many characters (code points), else 0.
     *
     * @throws IllegalArgumentException unless 0 &lt;= min &lt;= max
     */
    public static Scorer lengthInCharacters(int min, int max) {
        return Length.characters(min, max);
    }

    /**
     * 1 when the pattern is found in the answer, else 0; anchor it to match the whole. A pattern that backtracks for more
     * than ten million steps is a failed score.
     */
    public static Scorer matches(Pattern pattern) {
        return new PatternMatch(pattern);
    }

    /** 1 when the answer, or the one code fence it consists of, is valid JSON, else 0. Prose around the JSON is a 0. */
    public static Scorer json() {
        return new JsonForm(null, "");
    }

    /**
     * The same, and the JSON follows a schema. Known keywords: type, enum, const, properties, required, additionalProperties,
     * minProperties, maxProperties, items, minItems, maxItems, uniqueItems, minLength, maxLength, pattern, minimum, maximum,
     * exclusiveMinimum, exclusiveMaximum, multipleOf, allOf, anyOf, oneOf, not; format and other annotations are read over.
     *
     * @throws IllegalArgumentException for another keyword, such as {@code $ref}, named with its place
     */
    public static Scorer jsonSchema(String schema) {
        return new JsonForm(JsonSchema.parse(schema), schema);
    }

    /** Cosine of the embeddings of answer and best reference, -1 to 1. Not for facts. */
    public static EmbeddingScorer embedding(EmbeddingModel model) {
        return new EmbeddingScorer(model);
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
     * Likeness of meaning to the best reference, 0 to 1, by {@link dev.melancia.similarity.PortugueseSimilarity}. Not for
     * judging facts: a wrong number or a missing "não" lowers it little.
     */
    public static Scorer similarity() {
        return new Likeness();
    }

    /**
     * Whether a free-form answer says what a reference says in reply to the question, 0 to 1. Not for questions that have
     * many right answers, of which the references name a few.
     */
    public static Scorer correctness() {
        return new Correctness();
    }

    /**
     * Share of the answer's sentences that the given sources support, 0 to 1: the passages that the subject reports, else the
     * question's context. 0 where it reports that there were none and asserts something. Not applicable where passages are
     * not reported and there is no context, and for a refusal; not for judging whether the answer replies to the question.
     */
    public static Scorer groundedness() {
        return new Groundedness();
    }

    /**
     * What {@link #groundedness()} sees in each sentence of an answer, in order; empty where passages are not reported
     * and there is no context, or when nothing is asserted.
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
                .agreement(Agreement.onFaquadAnswers("0.980 [0.968, 0.990]"))
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
