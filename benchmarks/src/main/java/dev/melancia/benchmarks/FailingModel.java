package dev.melancia.benchmarks;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.function.Predicate;

/** Fails at once, with an error without a stack trace, whenever it is told to; answers at once otherwise. */
final class FailingModel implements ChatModel {

    private final ChatModel instant = new InstantModel();
    private final Predicate<ChatRequest> fails;

    FailingModel(Predicate<ChatRequest> fails) {
        this.fails = fails;
    }

    static FailingModel always() {
        return new FailingModel(request -> true);
    }

    /** Fails the first, third, fifth … call; for one calling thread. */
    static FailingModel everyOther() {
        return new FailingModel(new Toggle());
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        if (fails.test(request)) {
            throw new Stackless();
        }
        return instant.doChat(request);
    }

    private static final class Toggle implements Predicate<ChatRequest> {

        private boolean on;

        @Override
        public boolean test(ChatRequest request) {
            on = !on;
            return on;
        }
    }

    private static final class Stackless extends InternalServerException {

        private static final long serialVersionUID = 1;

        Stackless() {
            super("the server is on fire");
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it writes nothing
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
