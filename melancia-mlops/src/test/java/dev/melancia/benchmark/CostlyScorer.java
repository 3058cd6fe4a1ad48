package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.function.BiFunction;

/** A scorer that is paid for each score. */
record CostlyScorer(String name, String criteria, BiFunction<Question, Answer, Score> function) implements Scorer {

    CostlyScorer(String name, BiFunction<Question, Answer, Score> function) {
        this(name, "", function);
    }

    @Override
    public String fingerprint() {
        return name + "\n" + criteria;
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public String measures() {
        return "what the test says";
    }

    @Override
    public String blindTo() {
        return "all else";
    }

    @Override
    public Score score(Question question, Answer answer) {
        return function.apply(question, answer);
    }
}
