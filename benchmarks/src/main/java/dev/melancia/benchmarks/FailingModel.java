package dev.melancia.benchmarks;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.function.BooleanSupplier;

/** Fails at once, with an error without a stack trace, whenever it is told to; answers at once otherwise. */
final class FailingModel implements ChatModel {

    private final ChatModel instant = new InstantModel();
    private final BooleanSupplier fails;

    FailingModel(BooleanSupplier fails) {
        this.fails = fails;
    }

    static FailingModel always() {
        return new FailingModel(() -> true);
    }

    /** Fails the first, third, fifth … call; for one calling thread. */
    static FailingModel everyOther() {
        return new FailingModel(new Toggle());
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        if (fails.getAsBoolean()) {
            throw new Stackless();
        }
        return instant.doChat(request);
    }

    private static final class Toggle implements BooleanSupplier {

        private boolean on;

        @Override
        public boolean getAsBoolean() {
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
