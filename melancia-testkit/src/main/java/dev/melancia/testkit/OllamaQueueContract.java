package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An Ollama whose queue is full: it bounds only requests that wait for a model to be loaded. */
abstract class OllamaQueueContract extends RealServerFixture {

    private static final Map<String, String> SMALL = Map.of("OLLAMA_MAX_LOADED_MODELS", "1", "OLLAMA_MAX_QUEUE", "2");
    private static final String[] MODELS = {"tiny", "other", "slow"};
    private static final int CALLS = 10;

    /** Settings of a model on this Ollama; the address is the server's root, without {@code /v1}. */
    protected abstract ModelSettings.Builder model(URI server, String name);

    @Test
    public final void answersAllCallsWhenTheQueueIsFull() throws Exception {
        assertAllAnswered(router -> ask(router, "Hi"));
    }

    @Test
    public final void streamsAllAnswersWhenTheQueueIsFull() throws Exception {
        assertAllAnswered(router -> answer(stream(router, "Hi")));
    }

    private void assertAllAnswered(Question question) throws Exception {
        List<ModelRouter> routers = new ArrayList<>();
        List<ModelSettings> models = new ArrayList<>();
        try (OwnServer server = OwnServer.ollama(SMALL)) {
            for (String name : MODELS) {
                ModelSettings settings = model(server.address(), name).build();
                models.add(settings);
                routers.add(router(settings, PATIENT));
            }
            askAtOnce(routers, question);

            int overloaded = 0;
            for (int i = 0; i < CALLS; i++) {
                overloaded += overloaded(record());
            }
            assertThat(overloaded).as("calls that found the queue full").isBetween(1, CALLS - 1);
            for (int i = 0; i < MODELS.length; i++) {
                assertNothingRuns(routers.get(i), models.get(i));
            }
        } finally {
            routers.forEach(ModelRouter::close);
        }
    }

    private static void askAtOnce(List<ModelRouter> routers, Question question) throws Exception {
        CyclicBarrier together = new CyclicBarrier(CALLS);
        ExecutorService callers = Executors.newFixedThreadPool(CALLS);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                ModelRouter router = routers.get(i % routers.size());
                calls.add(() -> {
                    together.await(AMPLE.toSeconds(), TimeUnit.SECONDS);
                    return question.ask(router);
                });
            }
            for (Future<String> answer : callers.invokeAll(calls, AMPLE.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(answer.get()).isNotBlank();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** 1 for a call that another model took over because the queue was full, 0 for one that Ollama answered. */
    private static int overloaded(CallRecord record) {
        assertThat(record.outcome()).isEqualTo(Outcome.ANSWERED);
        if (!record.fellBack()) {
            return 0;
        }
        assertThat(record.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.OVERLOADED, Outcome.ANSWERED);
        assertThat(record.answeredBy()).contains(FALLBACK);
        return 1;
    }

    /** One call, in one piece or as a stream. */
    private interface Question {
        String ask(ModelRouter router) throws InterruptedException;
    }
}
