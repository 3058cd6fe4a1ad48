package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a model finds around it on a thread that is not the caller's. */
class SurroundingsTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader callers = new URLClassLoader(new URL[0], before);

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        MDC.clear();
    }

    @Test
    void aModelSeesTheCallersDiagnosticContextAndClassLoader() {
        AtomicReference<String> request = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        Model model = new Model(asked -> {
            request.set(MDC.get("request"));
            loader.set(Thread.currentThread().getContextClassLoader());
            MDC.put("left", "behind");
            return answer("Oi!");
        });
        MDC.put("request", "r-1");
        Thread.currentThread().setContextClassLoader(callers);
        try (ModelRouter router = router().model(LOCAL, model).build()) {
            router.chatModel().chat(say("Oi"));

            assertThat(request.get()).isEqualTo("r-1");
            assertThat(loader.get()).isSameAs(callers);
            assertThat(MDC.get("left")).isNull();
        }
    }

    @Test
    void theHostsThreadIsLeftAsItWas() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (ModelRouter router = router().model(LOCAL, new Model(asked -> answer(String.valueOf(MDC.get("request")))))
                .executor(single)
                .build()) {
            single.submit(() -> MDC.put("request", "the executor's own")).get();
            MDC.put("request", "r-1");

            assertThat(router.chatModel().chat("Oi")).isEqualTo("r-1");

            assertThat(single.submit(() -> MDC.get("request")).get()).isEqualTo("the executor's own");
            MDC.clear();
            assertThat(router.chatModel().chat("Oi")).isEqualTo("null");
        } finally {
            single.shutdown();
        }
    }

    @Test
    void theFallbackOfAStreamSeesTheCallersSurroundingsTooThoughItBeginsOnAModelsThread() throws Exception {
        AtomicReference<String> request = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        Stream first = Stream.silent();
        Stream second = new Stream(out -> {
            request.set(MDC.get("request"));
            loader.set(Thread.currentThread().getContextClassLoader());
            out.onCompleteResponse(answer("Oi"));
        });
        Host host = new Host();
        MDC.put("request", "r-1");
        Thread.currentThread().setContextClassLoader(callers);
        try (ModelRouter router = Streams.two(first, second).build()) {
            router.streamingChatModel().chat(say("Oi"), host);
            Thread http = new Thread(() -> first.out().onError(new InternalServerException("boom")));
            http.setContextClassLoader(before);
            http.start();
            host.untilTheEnd();

            assertThat(request.get()).isEqualTo("r-1");
            assertThat(loader.get()).isSameAs(callers);
        }
    }

    @Test
    void theHostsOwnExecutorAndCarrierAreUsed() {
        AtomicInteger executed = new AtomicInteger();
        AtomicInteger carried = new AtomicInteger();
        Model model = new Model(asked -> answer("Oi!"));
        try (ModelRouter router = router().model(LOCAL, model)
                .executor(task -> {
                    executed.incrementAndGet();
                    task.run();
                })
                .contextCarrier(task -> () -> {
                    carried.incrementAndGet();
                    task.run();
                })
                .build()) {
            router.chatModel().chat(say("Oi"));

            assertThat(executed.get()).isOne();
            assertThat(carried.get()).isOne();
            assertThat(model.threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void workersOfOursKeepNoClassLoaderOfTheirFirstCaller() {
        AtomicReference<Thread> worker = new AtomicReference<>();
        Thread.currentThread().setContextClassLoader(callers);
        try (ModelRouter router = router().model(PAID, new Model(asked -> {
                    worker.set(Thread.currentThread());
                    return answer("Oi!");
                }))
                .build()) {
            router.chatModel().chat("Oi");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(worker.get().getContextClassLoader()).isNotSameAs(callers));
        }
    }
}
