package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;

/** A subject that runs elsewhere than it says. */
record PlacedSubject(Subject subject, Placement placement) implements Subject {

    @Override
    public String name() {
        return subject.name();
    }

    @Override
    public Answer answer(Ask ask) throws Exception {
        return subject.answer(ask);
    }

    @Override
    public String settings() {
        return subject.settings();
    }
}
