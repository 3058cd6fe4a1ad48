package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Means over the questions that have a value. */
final class Means {

    private Means() {}

    static OptionalDouble of(List<Question> questions, Function<Question, OptionalDouble> value) {
        return questions.stream()
                .map(value)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }
}
