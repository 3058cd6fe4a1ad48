package dev.melancia.benchmark;

import dev.melancia.scorer.Question;
import java.util.List;

/**
 * One call to make. Immutable.
 *
 * @param subject who is asked
 * @param ask what; of a warm-up the repeat is its number
 * @param attempt which attempt at it this is, from 1
 * @param warmUp whether it stays outside the record
 */
record Call(Subject subject, Ask ask, int attempt, boolean warmUp) {

    /** What a warm-up asks: a question of its own, so that no cache learns the dataset. */
    static final Question WARM_UP = Question.builder("warm-up", "Responda apenas: pronto.")
            .answerable(true)
            .build();

    static Call of(Subject subject, Ask ask) {
        return new Call(subject, ask, 1, false);
    }

    static Call warmUp(Subject subject, int number) {
        return new Call(subject, new Ask(WARM_UP, List.of(), number), 1, true);
    }

    Call again() {
        return new Call(subject, ask, attempt + 1, warmUp);
    }

    CallKey key() {
        return new CallKey(subject.name(), ask.question().id(), ask.repeat());
    }

    /** Without texts. */
    @Override
    public String toString() {
        return "Call[" + key() + ", attempt " + attempt + "]";
    }
}
