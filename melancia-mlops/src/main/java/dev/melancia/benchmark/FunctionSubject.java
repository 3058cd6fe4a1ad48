package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import java.util.function.Function;

/** A subject made of a name and a function. */
record FunctionSubject(String name, Function<? super Ask, Answer> function) implements Subject {

    @Override
    public Answer answer(Ask ask) {
        return function.apply(ask);
    }
}
