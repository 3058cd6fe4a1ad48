package dev.melancia.scorer;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Judges one answer to one question. Implement it for what your team means by quality; an implementation is called from
 * several threads at once and must return the same score for the same answer.
 *
 * @since 0.1.0
 */
public interface Scorer {

    /** Column header, unique among the scorers of one benchmark, such as {@code token F1}. */
    String name();

    /** Range and direction of the values; default 0 to 1, higher is better. */
    default ScoreScale scale() {
        return ScoreScale.unit();
    }

    /** What a value means, in one sentence. */
    String measures();

    /** What this scorer cannot see, in one sentence: shown beside its numbers. */
    String blindTo();

    /** How well its values agree with people, on which data set, with n and interval; default {@code not measured}. */
    default String agreement() {
        return "not measured";
    }

    /**
     * Scores an answer. It looks at nothing but question and answer, so that stored answers can be scored again. An exception, or a value outside {@link #scale()}, becomes a failed score in the report.
     *
     * @return never null; not applicable where the question lacks what the scorer needs
     */
    Score score(Question question, Answer answer);

    /** Whether each score is paid for, as an LLM judge's is; a benchmark with a folder keeps such scores. Default no. */
    default boolean isCostly() {
        return false;
    }

    /**
     * What its scores depend on beside question and answer, such as criteria and model. A benchmark with a folder asks the
     * scorer again where this differs from that of the kept score, so it matters to scorers that cost money. Not shown, and
     * without a key. Default: name, {@link #measures()} and {@link #scale()}.
     */
    default String fingerprint() {
        return name() + "\n" + measures() + "\n" + scale();
    }

    /**
     * A scorer from a function; a report says that the application defines it. Implement the interface to say what it
     * measures and what it cannot see.
     */
    static Scorer of(
            String name, ScoreScale scale, BiFunction<? super Question, ? super Answer, ? extends Score> function) {
        return new FunctionScorer(name, scale, function);
    }

    /** {@link Scorers#standard()}. */
    static List<Scorer> standard() {
        return Scorers.standard();
    }
}
