package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;

/** A scorer that the application made from a function. */
record FunctionScorer(
        String name, ScoreScale scale, BiFunction<? super Question, ? super Answer, ? extends Score> function)
        implements Scorer {

    FunctionScorer {
        requireNonNull(name, "name");
        requireNonNull(scale, "scale");
        requireNonNull(function, "function");
    }

    @Override
    public String measures() {
        return "Defined by the application";
    }

    @Override
    public String blindTo() {
        return "not stated";
    }

    @Override
    public Score score(Question question, Answer answer) {
        return function.apply(question, answer);
    }
}
