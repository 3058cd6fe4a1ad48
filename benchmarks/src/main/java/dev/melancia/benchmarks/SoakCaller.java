package dev.melancia.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.CallContext;
import dev.melancia.router.ModelRouter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One host thread of a soak: blocking and streaming calls in turn, of changing users, one question in four a popular one
 * that the cache knows. Confined to one thread at a time.
 */
final class SoakCaller {

    private static final int USERS = 10_000;
    private static final int POPULAR = 100;
    private static final int POPULAR_EACH = 4;
    private static final int HOPELESS_EACH = 1_001;
    private static final String HOPELESS = "impossível";
    private static final int SIGNAL_WITHIN_SECONDS = 60;

    private final ModelRouter router;
    private final int number;
    private long calls;
    private long hopeless;
    private long failed;
    private long unanswered;

    SoakCaller(ModelRouter router, int number) {
        this.router = router;
        this.number = number;
    }

    void call(long times) {
        for (long i = 0; i < times; i++) {
            long call = calls++;
            CallContext user = CallContext.builder()
                    .userId("user-" + call % USERS)
                    .tenant("loja-sul")
                    .tier("free")
                    .build();
            ChatRequest request = Fixture.request(question(call));
            hopeless += isHopeless(request) ? 1 : 0;
            if (call % 2 == 0) {
                block(router.chatModel(user), request);
            } else {
                stream(router.streamingChatModel(user), request);
            }
        }
    }

    /** Whether every model is to fail. */
    static boolean isHopeless(ChatRequest request) {
        return request.messages().get(0) instanceof UserMessage message
                && message.singleText().startsWith(HOPELESS);
    }

    private String question(long call) {
        if (call % HOPELESS_EACH == 0) {
            return HOPELESS + " de responder, esta pergunta de número " + call + " do caixa " + number + " da loja";
        }
        String one =
                call % POPULAR_EACH < 2 ? "popular " + call % POPULAR : "de número " + call + " do caixa " + number;
        return "Quanto custa anunciar o produto " + one + " na busca da nossa loja durante o Natal?";
    }

    private void block(ChatModel model, ChatRequest request) {
        try {
            model.chat(request);
        } catch (RuntimeException e) { // models fail on purpose, at times all of them
            failed++;
        }
    }

    private void stream(StreamingChatModel model, ChatRequest request) {
        End end = new End();
        model.chat(request, end);
        try {
            if (!end.signals.tryAcquire(SIGNAL_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                unanswered++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unanswered++;
        }
        if (end.error) {
            failed++;
        }
    }

    long calls() {
        return calls;
    }

    /** Calls that could only fail. */
    long hopeless() {
        return hopeless;
    }

    long failed() {
        return failed;
    }

    long unanswered() {
        return unanswered;
    }

    private static final class End implements StreamingChatResponseHandler {

        private final Semaphore signals = new Semaphore(0);
        private volatile boolean error;

        @Override
        public void onPartialResponse(String piece) {}

        @Override
        public void onCompleteResponse(ChatResponse response) {
            signals.release();
        }

        @Override
        public void onError(Throwable failure) {
            error = true;
            signals.release();
        }
    }
}
