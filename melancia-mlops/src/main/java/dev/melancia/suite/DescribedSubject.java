package dev.melancia.suite;

import dev.melancia.benchmark.Ask;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;

/** A subject with what the file says of it. */
record DescribedSubject(Subject subject, String settings) implements Subject {

    @Override
    public String name() {
        return subject.name();
    }

    @Override
    public Placement placement() {
        return subject.placement();
    }

    @Override
    public Answer answer(Ask ask) throws Exception {
        return subject.answer(ask);
    }

    /** The name alone: settings hold prompts. */
    @Override
    public String toString() {
        return "DescribedSubject[" + name() + "]";
    }
}
