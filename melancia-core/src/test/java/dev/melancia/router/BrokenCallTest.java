package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static dev.melancia.router.Streams.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.Budgets;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.RetryAfter;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Whatever breaks on the way, a call ends, has one record and keeps no permit. */
class BrokenCallTest {

    private final Records records = new Records();
    private final Host host = new Host();

    /** Bits for a call that break once. */
    private static LongSupplier breaking(int nth, Throwable how) {
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() == nth) {
                BrokenCallTest.<RuntimeException>sneak(how);
            }
            return 0;
        };
    }

    @SuppressWarnings("unchecked") // the cast is a lie that the compiler believes
    private static <E extends Throwable> void sneak(Throwable any) throws E {
        throw (E) any;
    }

    private void assertOneFailure(ModelRouter router) {
        assertThat(records.only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(router.callsRunning(LOCAL.id())).isZero();
    }

    @Test
    void aStreamThatBreaksBetweenTwoAttemptsEndsAndIsRecorded() throws Exception {
        IllegalStateException broken = new IllegalStateException("entropy");
        Stream failing = new Stream(out -> out.onError(new IllegalStateException("model")));
        try (ModelRouter router = Streams.two(failing, streams("never"))
                .random(breaking(3, broken)) // after the call's own bits and the decision's: the pause's
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().errors).containsExactly(broken);
            assertOneFailure(router);
        }
    }

    @Test
    void aCallThatBreaksBetweenTwoAttemptsIsRecorded() {
        IllegalStateException broken = new IllegalStateException("entropy");
        try (ModelRouter router = router().model(LOCAL, fails(new IllegalStateException("model")))
                .model(PAID, answers("never"))
                .random(breaking(3, broken))
                .listener(records)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(broken);
            assertOneFailure(router);
        }
    }

    @Test
    void anErrorBeforeAModelIsChosenIsHeardAndRecorded() throws Exception {
        StackOverflowError broken = new StackOverflowError("pattern");
        try (ModelRouter router = Streams.one(streams("never"))
                .random(breaking(2, broken))
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().errors).containsExactly(broken);
            assertOneFailure(router);
        }
    }

    @Test
    void anErrorOfAModelThatCannotSayHowLongToWaitIsHeard() throws Exception {
        HttpException silent = new Unreadable();
        try (ModelRouter router = Streams.one(new Stream(out -> out.onError(silent)))
                .retries(RetrySettings.none())
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().errors).containsExactly(silent);
            assertThat(records.only().outcome()).isEqualTo(Outcome.RATE_LIMITED);
        }
    }

    @Test
    void aCallWhosePriceIsBeyondAllFiguresIsRefusedByItsBudget() throws Exception {
        Candidate dear = Candidate.builder(LOCAL.id().toString())
                .price(TokenPrice.usdPerMillionTokens("100000", "100000"))
                .build();
        ChatRequest endless =
                say("Oi").toBuilder().maxOutputTokens(Integer.MAX_VALUE).build();
        try (ModelRouter router = router().model(dear, answers("never"), streams("never"))
                .budgets(Budgets.builder().all(BudgetPeriod.DAY, "10").build())
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat(endless))).isInstanceOf(BudgetSpentException.class);
            router.streamingChatModel().chat(endless, host);

            assertThat(host.untilTheEnd().heard).containsExactly("error:BudgetSpentException");
        }
    }

    @Test
    void aStreamThatNobodyCanWatchIsNotBegun() throws Exception {
        Stream first = streams("never");
        try (ModelRouter router = Streams.two(first, streams("Oi!"))
                .simulated(Parking.platform(), new TiredTimers())
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
            assertThat(first.asked).isEmpty();
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.NO_PERMIT, Outcome.ANSWERED);
            assertThat(router.callsRunning(LOCAL.id())).isZero();
        }
    }

    @Test
    void aModelIsNotCalledOnTheThreadOfTheCallWhosePermitItGot() throws Exception {
        Candidate narrow =
                LOCAL.toBuilder().maxConcurrentCalls(1).maxQueuedCalls(1).build();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Stream stream = new Stream(out -> threads.add(Thread.currentThread()));
        Host queued = new Host();
        try (ModelRouter router = router().model(narrow, answers("unused"), stream)
                .executor(Runnable::run)
                .build()) {
            router.streamingChatModel().chat(say("one"), host);
            router.streamingChatModel().chat(say("two"), queued);
            assertThat(stream.asked).hasSize(1);
            stream.asked.get(0).onCompleteResponse(answer("one"));
            await().until(() -> threads.size() == 2);
            stream.asked.get(1).onCompleteResponse(answer("two"));
            queued.untilTheEnd();
        }
        assertThat(threads.get(1)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void listenersHearOnceThatAHostCancelled() throws Exception {
        List<Throwable> told = new CopyOnWriteArrayList<>();
        Handle handle = new Handle();
        Stream stream = Stream.silent();
        ChatModelListener spans = new ChatModelListener() {
            @Override
            public void onError(ChatModelErrorContext context) {
                told.add(context.error());
            }
        };
        try (ModelRouter router =
                Streams.one(stream).chatModelListener(spans).listener(records).build()) {
            router.streamingChatModel().chat(say("Oi"), host);
            stream.out().onPartialResponse(new PartialResponse("a"), with(handle));
            host.handles.get(0).cancel();
            host.handles.get(0).cancel();
            stream.out().onCompleteResponse(answer("a"));

            assertThat(records.only().outcome()).isEqualTo(Outcome.CANCELLED);
        }
        assertThat(told).singleElement().isInstanceOf(CancellationException.class);
        assertThat(host.heard).containsExactly("a");
    }

    @Test
    void aRetryOfAStreamWithoutLimitsHasTheSurroundingsOfItsCaller() throws Exception {
        ThreadLocal<String> tenant = ThreadLocal.withInitial(() -> "nobody");
        List<String> seen = new CopyOnWriteArrayList<>();
        Stream busyOnce = new Stream(out -> {
            seen.add(tenant.get());
            if (seen.size() == 1) {
                out.onError(new HttpException(429, "slow down"));
            } else {
                out.onCompleteResponse(answer("Oi!"));
            }
        });
        HandClock clock = new HandClock();
        tenant.set("loja");
        try (ModelRouter router = clock.in(Streams.one(busyOnce))
                .limits(CallLimits.none())
                .random(() -> 1L << 62) // a pause that is not zero
                .contextCarrier(task -> {
                    String own = tenant.get();
                    return () -> {
                        tenant.set(own);
                        task.run();
                    };
                })
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(seen).hasSize(1);
            clock.pass(Duration.ofMinutes(1));
            host.untilTheEnd();
        }
        assertThat(seen).containsExactly("loja", "loja");
    }

    @Test
    void withoutLimitsNobodyWaitsAndNoMessageSaysSo() {
        Candidate narrow =
                LOCAL.toBuilder().maxConcurrentCalls(1).maxQueuedCalls(3).build();
        AtomicReference<ModelRouter> self = new AtomicReference<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        Fakes.Model asksItself = new Fakes.Model(request -> {
            refused.add(catchThrowable(() -> self.get().chatModel().chat("again")));
            return answer("Oi!");
        });
        try (ModelRouter router =
                router().model(narrow, asksItself).limits(CallLimits.none()).build()) {
            self.set(router);
            router.chatModel().chat("Oi");
        }
        assertThat(refused)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .isInstanceOf(LangChain4jException.class)
                        .hasMessageNotContaining("wait"));
    }

    /** Refuses the first, as a pool without threads. */
    private static final class TiredTimers implements Timers {

        private final TimerThread timers = new TimerThread();
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Future<?> schedule(Runnable task, long delayNanos) {
            if (asked.getAndIncrement() == 0) {
                throw new RejectedExecutionException("no thread");
            }
            return timers.schedule(task, delayNanos);
        }

        @Override
        public void close() {
            timers.close();
        }
    }

    private static final class Unreadable extends HttpException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        Unreadable() {
            super(429, "slow down");
        }

        @Override
        public Duration retryAfter() {
            throw new UnsupportedOperationException("a date, not a duration");
        }
    }
}
