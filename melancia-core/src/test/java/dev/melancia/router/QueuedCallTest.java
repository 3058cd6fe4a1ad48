package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.router;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.TimeoutException;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueuedCallTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Candidate NARROW = Candidate.builder(LOCAL.id())
            .price(TokenPrice.usdPerMillionTokens("1", "1"))
            .maxConcurrentCalls(1)
            .maxQueuedCalls(1)
            .build();
    private static final Candidate HASTY =
            NARROW.toBuilder().attemptLimit(LIMIT).build();

    private final Records records = new Records();
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Thread> callers = new CopyOnWriteArrayList<>();

    /** Holds its first call until it is released. */
    private final Model busy = new Model(request -> {
        awaitDeaf(release);
        return answer("Oi!");
    });

    @AfterEach
    void release() {
        release.countDown();
    }

    private AtomicReference<Object> call(ModelRouter router) {
        AtomicReference<Object> heard = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                heard.set(router.chatModel().chat("Oi"));
            } catch (RuntimeException e) {
                heard.set(e);
            }
        });
        callers.add(caller);
        caller.start();
        return heard;
    }

    private static void awaitFull(ModelRouter router) {
        await().until(() -> router.health().reason(NARROW.id()).isPresent());
    }

    @Test
    void aCallWaitsForAPermitAndOneMoreGoesElsewhere() {
        try (ModelRouter router = router().model(NARROW, busy)
                .model(PAID, answers("paid"))
                .listener(records)
                .build()) {
            AtomicReference<Object> first = call(router);
            await().until(() -> busy.calls() == 1);
            AtomicReference<Object> second = call(router);
            awaitFull(router);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");
            assertThat(records.only().decision().orElseThrow().rejections())
                    .containsExactly(new Rejection(NARROW.id(), "runs as many calls as it may, 1, and 1 wait"));
            assertThat(busy.calls()).isOne();
            release.countDown();
            await().untilAsserted(() -> {
                assertThat(first).hasValue("Oi!");
                assertThat(second).hasValue("Oi!");
            });
            assertThat(busy.calls()).isEqualTo(2);
            await().until(() -> router.callsRunning(NARROW.id()) == 0);
        }
    }

    @Test
    void waitingCountsWithinTheLimitOfTheAttemptLeavesNoPlaceBehindAndCostsNothing() {
        HandClock clock = new HandClock(LIMIT) {
            @Override
            public void park(Object blocker, long wait) {
                await().until(() -> busy.calls() == 1);
                super.park(blocker, wait);
            }
        };
        try (ModelRouter router =
                clock.in(router().model(HASTY, busy)).listener(records).build()) {
            assertThatThrownBy(() -> router.chatModel().chat("occupies")).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> router.chatModel().chat("waits"))
                    .isInstanceOf(ModelBusyException.class)
                    .hasMessage(
                            "ollama/phi3:mini was not asked: no permit and thread came within PT1S; raise its maxConcurrentCalls, give"
                                    + " the executor more threads or add another model");

            assertThat(busy.calls()).isOne();
            assertThat(records.all)
                    .extracting(record -> record.outcome())
                    .containsExactly(Outcome.TIMEOUT, Outcome.NO_PERMIT);
            assertThat(records.all)
                    .extracting(record -> record.attempts().get(0).cost())
                    .containsExactly(Cost.unknown(), Cost.zero());
            assertThat(records.all.get(1).attempts().get(0).durationNanos()).isEqualTo(LIMIT.toNanos());
            assertThat(router.health().reason(HASTY.id())).isEmpty();
            release.countDown();
            await().until(() -> router.callsRunning(HASTY.id()) == 0);
        }
    }

    @Test
    void aPermitThatComesWithTheAnswerOfAnotherBeginsNothing() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(2);
        AtomicInteger tasks = new AtomicInteger();
        Model slow = new Model(request -> {
            awaitDeaf(go);
            return answer("slow");
        });
        Thread tester = Thread.currentThread();
        HandClock clock = new HandClock(LIMIT) {
            @Override
            public void park(Object blocker, long wait) {
                if (Thread.currentThread() == tester && wait > LIMIT.toNanos()) {
                    release.countDown();
                    go.countDown();
                    awaitDeaf(returned);
                } else {
                    super.park(blocker, wait);
                }
            }
        };
        CallContext toNarrow = CallContext.builder().forcedModel(NARROW.id()).build();
        try (ModelRouter router = clock.in(router().model(PAID, slow).model(NARROW, busy))
                .hedging(HedgeSettings.after(LIMIT))
                .executor(task -> {
                    tasks.incrementAndGet();
                    new Thread(() -> {
                                task.run();
                                returned.countDown();
                            })
                            .start();
                })
                .build()) {
            new Thread(() -> router.chatModel(toNarrow).chat("occupies")).start();
            await().until(() -> busy.calls() == 1);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertThat(tasks).hasValue(2);
            assertThat(router.callsRunning(NARROW.id())).isZero();
        }
    }

    @Test
    void aPermitThatComesWithTheEndOfTheLimitBeginsNothing() {
        Thread tester = Thread.currentThread();
        AtomicReference<ModelRouter> built = new AtomicReference<>();
        HandClock clock = new HandClock(LIMIT) {
            @Override
            public void park(Object blocker, long wait) {
                if (Thread.currentThread() != tester) {
                    LockSupport.parkNanos(blocker, SECONDS.toNanos(10));
                    return;
                }
                super.park(blocker, wait);
                release.countDown();
                await().until(() -> built.get().health().reason(HASTY.id()).isEmpty());
            }
        };
        try (ModelRouter router =
                clock.in(router().model(HASTY, busy)).listener(records).build()) {
            built.set(router);
            call(router);
            await().until(() -> busy.calls() == 1);

            assertThatThrownBy(() -> router.chatModel().chat("waits")).isInstanceOf(ModelBusyException.class);
            assertThat(busy.calls()).isOne();
            await().until(() -> router.callsRunning(HASTY.id()) == 0);
        }
    }

    @Test
    void aCallerInterruptedInTheQueueLeavesNoPlaceBehind() throws Exception {
        try (ModelRouter router = router().model(NARROW, busy).listener(records).build()) {
            AtomicReference<Object> first = call(router);
            await().until(() -> busy.calls() == 1);
            AtomicReference<Object> second = call(router);
            awaitFull(router);
            callers.get(1).interrupt();
            callers.get(1).join(10_000);

            assertThat(second.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(records.only().outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(router.health().reason(NARROW.id())).isEmpty();
            release.countDown();
            await().untilAsserted(() -> assertThat(first).hasValue("Oi!"));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            await().until(() -> router.callsRunning(NARROW.id()) == 0);
        }
    }

    @Test
    void aHedgeThatLosesInTheQueueLeavesNoPlaceBehind() {
        HandClock clock = new HandClock(LIMIT);
        CountDownLatch queued = new CountDownLatch(1);
        Model slow = new Model(request -> {
            awaitDeaf(queued);
            return answer("slow");
        });
        Deaf occupant = new Deaf();
        CallContext toNarrow = CallContext.builder().forcedModel(NARROW.id()).build();
        try (occupant;
                ModelRouter router = clock.in(router().model(PAID, slow).model(NARROW, occupant.model))
                        .hedging(HedgeSettings.after(LIMIT))
                        .listener(records)
                        .build()) {
            Thread other = new Thread(() -> router.chatModel(toNarrow).chat("occupies"));
            other.start();
            await().until(() -> occupant.model.calls() == 1);
            AtomicReference<Object> heard = call(router);
            awaitFull(router);
            queued.countDown();

            await().untilAsserted(() -> assertThat(heard).hasValue("slow"));
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.ANSWERED, Outcome.CANCELLED);
            assertThat(records.only().attempts().get(1).cost()).isEqualTo(Cost.zero());
            assertThat(router.health().reason(NARROW.id())).isEmpty();
        }
    }

    @Test
    void withoutLimitsNobodyWaits() throws Exception {
        try (ModelRouter router =
                router().model(NARROW, busy).limits(CallLimits.none()).build()) {
            call(router);
            await().until(() -> busy.calls() == 1);

            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isInstanceOf(NoCandidateException.class);
            release.countDown();
            callers.get(0).join(10_000);
        }
    }
}
