package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.routing.Candidate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Models, requests and listeners of router tests. */
final class Fakes {

    static final Candidate LOCAL =
            Candidate.builder("ollama/phi3:mini").tier("local").build();
    static final Candidate PAID =
            Candidate.builder("openai/gpt-4o-mini").tier("paid").build();

    private Fakes() {}

    static ChatRequest say(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    static ChatResponse answer(String text) {
        return answer(text, null);
    }

    static ChatResponse answer(String text, TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .tokenUsage(usage)
                .finishReason(FinishReason.STOP)
                .build();
    }

    static Model answers(String text) {
        return new Model(request -> answer(text));
    }

    static Model fails(RuntimeException error) {
        return new Model(request -> {
            throw error;
        });
    }

    static ModelRouterBuilder router() {
        return ModelRouter.builder()
                .flags(FeatureFlags.builder().environment(name -> null).build());
    }

    static RoutedModel routed(Candidate candidate, ChatModel model) {
        ModelRouterBuilder builder = router().model(candidate, model);
        return new RoutedModel(builder.registered.get(0), builder, 0);
    }

    /** Waits, ten seconds at most, without a care for interrupts. */
    static void awaitDeaf(CountDownLatch latch) {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                if (latch.await(10, SECONDS)) {
                    return;
                }
            } catch (InterruptedException deaf) {
                Thread.onSpinWait();
            }
        }
    }

    /** A model that does what it is told and remembers what it was asked. */
    static final class Model implements ChatModel {

        final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
        final List<ChatRequestOptions> options = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final Function<ChatRequest, ChatResponse> script;

        Model(Function<ChatRequest, ChatResponse> script) {
            this.script = script;
        }

        @Override
        public ChatResponse chat(ChatRequest request, ChatRequestOptions given) {
            requests.add(request);
            options.add(given);
            threads.add(Thread.currentThread());
            return script.apply(request);
        }

        int calls() {
            return requests.size();
        }
    }

    /** A model that hangs, deaf to interrupts, until it is released. */
    static final class Deaf implements AutoCloseable {

        final CountDownLatch released = new CountDownLatch(1);
        final Model model = new Model(request -> {
            awaitDeaf(released);
            return answer("late");
        });

        @Override
        public void close() {
            released.countDown();
        }
    }

    /** Keeps every record. */
    static final class Records implements CallListener {

        final List<CallRecord> all = new CopyOnWriteArrayList<>();

        @Override
        public void onCall(CallRecord record) {
            all.add(record);
        }

        CallRecord only() {
            await().until(() -> !all.isEmpty());
            if (all.size() != 1) {
                throw new AssertionError("expected one record, were " + all);
            }
            return all.get(0);
        }
    }
}
