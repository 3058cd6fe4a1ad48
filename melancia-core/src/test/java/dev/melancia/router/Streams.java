package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answers;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Models that stream, and hosts that listen. */
final class Streams {

    private Streams() {}

    /** Two models that stream, the second of which is the fallback. */
    static ModelRouterBuilder two(Stream first, Stream second) {
        return Fakes.router().model(LOCAL, answers("unused"), first).model(PAID, answers("unused"), second);
    }

    static ModelRouterBuilder one(Stream stream) {
        return Fakes.router().model(LOCAL, answers("unused"), stream);
    }

    static Stream streams(String... pieces) {
        return new Stream(out -> {
            for (String piece : pieces) {
                out.onPartialResponse(piece);
            }
            out.onCompleteResponse(Fakes.answer(String.join("", pieces)));
        });
    }

    static PartialResponseContext with(StreamingHandle handle) {
        return new PartialResponseContext(handle);
    }

    /** A model that streams what its script says, on the thread that asks. */
    static final class Stream implements StreamingChatModel {

        final List<StreamingChatResponseHandler> asked = new CopyOnWriteArrayList<>();
        final List<ChatRequestOptions> options = new CopyOnWriteArrayList<>();
        final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
        private final Consumer<StreamingChatResponseHandler> script;

        Stream(Consumer<StreamingChatResponseHandler> script) {
            this.script = script;
        }

        /** A model that says nothing, until a test makes it through {@link #out()}. */
        static Stream silent() {
            return new Stream(out -> {});
        }

        @Override
        public void chat(ChatRequest request, ChatRequestOptions given, StreamingChatResponseHandler handler) {
            requests.add(request);
            options.add(given);
            asked.add(handler);
            script.accept(handler);
        }

        StreamingChatResponseHandler out() {
            org.awaitility.Awaitility.await()
                    .pollInterval(java.time.Duration.ofMillis(1))
                    .until(() -> !asked.isEmpty());
            return asked.get(0);
        }
    }

    /** The model's end of a stream that can be cancelled. */
    static final class Handle implements StreamingHandle {

        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public boolean isCancelled() {
            return cancelled.getCount() == 0;
        }
    }

    /** A host that writes down all it hears. */
    static class Host implements StreamingChatResponseHandler {

        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<StreamingHandle> handles = new CopyOnWriteArrayList<>();
        final List<ChatResponse> responses = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final CountDownLatch piece = new CountDownLatch(1);
        private final CountDownLatch terminal = new CountDownLatch(1);

        @Override
        public void onPartialResponse(String text) {
            hear("plain:" + text);
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            handles.add(context.streamingHandle());
            hear(piece.text());
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            hear("thinking:" + piece.text());
        }

        @Override
        public void onPartialToolCall(PartialToolCall piece) {
            hear("tool:" + piece.name());
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall complete) {
            hear("tool done:" + complete.toolExecutionRequest().name());
        }

        @Override
        public void onUnmappedRawEvent(Object event) {
            hear("raw:" + event);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            responses.add(response);
            hear("complete");
            terminal.countDown();
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            hear("error:" + error.getClass().getSimpleName());
            terminal.countDown();
        }

        void hear(String what) {
            heard.add(what);
            piece.countDown();
        }

        Host untilTheEnd() throws InterruptedException {
            if (!terminal.await(10, SECONDS)) {
                throw new AssertionError("no terminal signal within 10 s, heard " + heard);
            }
            return this;
        }

        long terminals() {
            return heard.stream()
                    .filter(what -> what.equals("complete") || what.startsWith("error:"))
                    .count();
        }
    }
}
