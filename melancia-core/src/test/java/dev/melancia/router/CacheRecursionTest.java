package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cache.ResponseCache;
import dev.melancia.router.Fakes.Model;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models and listeners that call the router they belong to. The time-out is for a deadlock, not for a slow machine. */
@Timeout(60)
class CacheRecursionTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<ModelRouter> itself = new AtomicReference<>();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    private static String text(Future<String> future) throws Exception {
        return future.get(30, SECONDS);
    }

    @Test
    void aModelThatAsksTheRouterTheSameDoesNotWaitForItself() {
        for (CallLimits limits : List.of(CallLimits.none(), CallLimits.defaults())) {
            AtomicInteger depth = new AtomicInteger();
            Model recursive = new Model(request ->
                    depth.incrementAndGet() < 3 ? itself.get().chatModel().chat(request) : answer("deep"));
            try (ModelRouter router = router().cache(ResponseCache.caffeine())
                    .limits(limits)
                    .model(LOCAL, recursive)
                    .build()) {
                itself.set(router);

                assertThat(router.chatModel().chat("Oi")).isEqualTo("deep");
                assertThat(depth).hasValue(3);
            }
        }
    }

    @Test
    void twoModelsThatAskForEachOthersQuestionDoNotWaitForEachOther() throws Exception {
        CountDownLatch bothAsked = new CountDownLatch(2);
        Model crossing = new Model(request -> {
            if (calls.incrementAndGet() > 2) {
                return answer("inner");
            }
            bothAsked.countDown();
            awaitDeaf(bothAsked);
            String other = question(request).equals("a") ? "b" : "a";
            return answer("outer " + itself.get().chatModel().chat(other));
        });
        try (ModelRouter router = router().cache(ResponseCache.caffeine())
                .limits(CallLimits.none())
                .model(LOCAL, crossing)
                .build()) {
            itself.set(router);
            Future<String> a = callers.submit(() -> router.chatModel().chat("a"));
            Future<String> b = callers.submit(() -> router.chatModel().chat("b"));

            assertThat(text(a)).startsWith("outer ");
            assertThat(text(b)).startsWith("outer ");
        }
    }

    private static String question(ChatRequest request) {
        return ((UserMessage) request.messages().get(0)).singleText();
    }

    @Test
    void aListenerThatAsksTheSameDoesNotWaitForTheCallItListensTo() {
        AtomicInteger heard = new AtomicInteger();
        try (ModelRouter router = router().cache(ResponseCache.caffeine())
                .limits(CallLimits.none())
                .model(LOCAL, Fakes.answers("Oi!"))
                .listener(record -> {
                    if (heard.incrementAndGet() == 1) {
                        itself.get().chatModel().chat(say("Oi"));
                    }
                })
                .build()) {
            itself.set(router);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(heard).hasValue(2);
        }
    }
}
