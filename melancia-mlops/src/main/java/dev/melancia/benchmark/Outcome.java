package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one question to one subject: an answer with its scores, or a failure. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Outcome {

    /** The question asked. */
    Question question();

    /** How it was asked. */
    CallFacts call();

    /** Time of the call alone; see {@link CallFacts#latencyNanos()}. */
    default long latencyNanos() {
        return call().latencyNanos();
    }

    /** The answer; empty for a failure. */
    Optional<Answer> reply();

    /** What one scorer said; not applicable for a failure or a scorer that did not take part. */
    Score score(String scorer);

    /**
     * The subject answered.
     *
     * @param question the question
     * @param answer the answer
     * @param call how it was asked
     * @param scores by scorer name, in the benchmark's order
     */
    record Answered(Question question, Answer answer, CallFacts call, Map<String, Score> scores) implements Outcome {

        public Answered {
            requireNonNull(question, "question");
            requireNonNull(answer, "answer");
            requireNonNull(call, "call");
            scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        }

        @Override
        public Optional<Answer> reply() {
            return Optional.of(answer);
        }

        @Override
        public Score score(String scorer) {
            return scores.getOrDefault(scorer, Score.notApplicable("not scored"));
        }

        /** Without prompt and answer. */
        @Override
        public String toString() {
            return "Answered[" + question.id() + ", " + latencyNanos() + " ns]";
        }
    }

    /**
     * The subject threw.
     *
     * @param question the question
     * @param call how it was asked
     * @param error simple name of the exception
     * @param message the exception's message, shortened, keys masked; may be empty
     */
    record Failed(Question question, CallFacts call, String error, String message) implements Outcome {

        public Failed {
            requireNonNull(question, "question");
            requireNonNull(call, "call");
            requireNonNull(error, "error");
            requireNonNull(message, "message");
        }

        @Override
        public Optional<Answer> reply() {
            return Optional.empty();
        }

        @Override
        public Score score(String scorer) {
            return Score.notApplicable("no answer");
        }

        /** Without prompt and message. */
        @Override
        public String toString() {
            return "Failed[" + question.id() + ", " + error + "]";
        }
    }
}
