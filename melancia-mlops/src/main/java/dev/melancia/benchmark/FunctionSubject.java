package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.function.Function;

/** A subject made of a name and a function. */
record FunctionSubject(String name, Function<? super Question, Answer> function) implements Subject {

    @Override
    public Answer answer(Ask ask) {
        return function.apply(ask.question());
    }
}
