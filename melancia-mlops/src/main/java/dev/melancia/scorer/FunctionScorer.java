package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;

/** A scorer made of its parts. */
record FunctionScorer(
        String name,
        ScoreScale scale,
        String measures,
        String blindTo,
        BiFunction<? super Question, ? super Answer, ? extends Score> function)
        implements Scorer {

    FunctionScorer {
        requireNonNull(name, "name");
        requireNonNull(scale, "scale");
        requireNonNull(measures, "measures");
        requireNonNull(blindTo, "blindTo");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return function.apply(question, answer);
    }
}
