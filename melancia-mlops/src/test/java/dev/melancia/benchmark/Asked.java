package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;

/** A subject that is a function of the ask. */
record Asked(String name, Placement placement, Reply reply) implements Subject {

    @FunctionalInterface
    interface Reply {
        Answer to(Ask ask) throws Exception;
    }

    @Override
    public Answer answer(Ask ask) throws Exception {
        return reply.to(ask);
    }
}
