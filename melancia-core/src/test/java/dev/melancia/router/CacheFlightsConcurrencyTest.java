package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.router;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time-out is for a deadlock, not for a slow machine. */
@Timeout(60)
class CacheFlightsConcurrencyTest {

    private static final int CALLERS = 64;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Records records = new Records();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<ModelRouter> itself = new AtomicReference<>();

    /** Answers when it is released. */
    private final Model slow = new Model(request -> {
        int call = calls.incrementAndGet();
        awaitDeaf(released);
        return answer("answer " + call);
    });

    @AfterEach
    void end() {
        released.countDown();
        callers.shutdownNow();
    }

    private ModelRouterBuilder cached() {
        return router().cache(ResponseCache.caffeine()).listener(records);
    }

    private List<Future<String>> askAll(Callable<String> question) {
        return IntStream.range(0, CALLERS)
                .mapToObj(i -> callers.submit(question))
                .toList();
    }

    private static String text(Future<String> future) throws Exception {
        return future.get(30, SECONDS);
    }

    /** Until so many threads wait for a flight. */
    private static void untilFollowing(int followers) {
        await().atMost(30, SECONDS)
                .until(() -> Thread.getAllStackTraces().values().stream()
                                .filter(stack -> IntStream.range(0, stack.length)
                                        .anyMatch(i -> stack[i].getClassName().equals(CachedCall.class.getName())
                                                && stack[i].getMethodName().equals("follow")))
                                .count()
                        == followers);
    }

    @Test
    void manyCallersOfOneQuestionAskTheModelOnce() throws Exception {
        try (ModelRouter router = cached().model(LOCAL, slow).build()) {
            List<Future<String>> answers = askAll(() -> router.chatModel().chat("Oi"));
            untilFollowing(CALLERS - 1);
            released.countDown();

            for (Future<String> answer : answers) {
                assertThat(text(answer)).isEqualTo("answer 1");
            }
            assertThat(calls).hasValue(1);
            assertThat(records.all)
                    .hasSize(CALLERS)
                    .filteredOn(CallRecord::isCacheHit)
                    .hasSize(CALLERS - 1);
        }
    }

    @Test
    void howeverCallersMeetTheModelIsAskedOnce() throws Exception {
        Model quick = new Model(request -> answer("answer " + calls.incrementAndGet()));
        try (ModelRouter router = cached().model(LOCAL, quick).build()) {
            for (int round = 1; round <= 20; round++) {
                String question = "Oi " + round;
                CountDownLatch start = new CountDownLatch(1);
                List<Future<String>> answers = askAll(() -> {
                    awaitDeaf(start);
                    return router.chatModel().chat(question);
                });
                start.countDown();
                for (Future<String> answer : answers) {
                    assertThat(text(answer)).isEqualTo("answer " + round);
                }
            }
        }
    }

    @Test
    void anAnswerKeptBetweenACallersLookAndItsStartIsNotAskedForAgain() {
        ResponseCache kept = ResponseCache.caffeine();
        AtomicInteger looks = new AtomicInteger();
        ResponseCache overtaken = new ResponseCache() {
            @Override
            public Optional<CachedAnswer> get(CacheKey key) {
                Optional<CachedAnswer> found = kept.get(key);
                if (looks.incrementAndGet() == 1) { // another caller comes and goes before this one goes on
                    assertThat(itself.get().chatModel().chat("Oi")).isEqualTo("answer 1");
                }
                return found;
            }

            @Override
            public void put(CacheKey key, CachedAnswer answer) {
                kept.put(key, answer);
            }
        };
        released.countDown();
        try (ModelRouter router = router().cache(overtaken).model(LOCAL, slow).build()) {
            itself.set(router);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("answer 1");
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void differentQuestionsNeverWaitForEachOther() throws Exception {
        CountDownLatch all = new CountDownLatch(CALLERS);
        Model together = new Model(request -> {
            all.countDown();
            awaitDeaf(all); // every one of them must be inside before any may leave
            return answer("Oi!");
        });
        AtomicInteger number = new AtomicInteger();
        try (ModelRouter router = cached().model(LOCAL, together).build()) {
            for (Future<String> answer : askAll(() -> router.chatModel().chat("Oi " + number.incrementAndGet()))) {
                assertThat(text(answer)).isEqualTo("Oi!");
            }
            assertThat(all.getCount()).isZero();
        }
    }

    @Test
    void whenTheLeaderFailsTheFollowersAskThemselves() throws Exception {
        Model failsOnce = new Model(request -> {
            if (calls.incrementAndGet() == 1) {
                awaitDeaf(released);
                throw new InternalServerException("down");
            }
            return answer("Oi!");
        });
        try (ModelRouter router = cached().model(LOCAL, failsOnce).build()) {
            List<Future<String>> answers = askAll(() -> router.chatModel().chat("Oi"));
            untilFollowing(CALLERS - 1);
            released.countDown();

            long failed = answers.stream()
                    .filter(answer -> catchThrowable(() -> text(answer)) != null)
                    .count();
            assertThat(failed).isOne();
            assertThat(records.all).hasSize(CALLERS);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
        }
    }

    @Test
    void anAnswerThatIsNotToBeKeptIsNotShared() throws Exception {
        Model cutOff = new Model(request -> {
            int call = calls.incrementAndGet();
            awaitDeaf(released);
            return ChatResponse.builder()
                    .aiMessage(answer("answer " + call).aiMessage())
                    .finishReason(FinishReason.LENGTH)
                    .build();
        });
        try (ModelRouter router = cached().model(LOCAL, cutOff).build()) {
            List<Future<String>> answers = askAll(() -> router.chatModel().chat("Oi"));
            untilFollowing(CALLERS - 1);
            released.countDown();

            for (Future<String> answer : answers) {
                text(answer);
            }
            assertThat(calls).hasValue(CALLERS);
        }
    }

    @Test
    void followersShareAnAnswerThatFailedOverToAModelOfTheirs() throws Exception {
        Model down = new Model(request -> {
            calls.incrementAndGet();
            awaitDeaf(released);
            throw new InternalServerException("down");
        });
        try (ModelRouter router =
                cached().model(LOCAL, down).model(PAID, Fakes.answers("paid")).build()) {
            List<Future<String>> answers = askAll(() -> router.chatModel().chat("Oi"));
            untilFollowing(CALLERS - 1);
            released.countDown();

            for (Future<String> answer : answers) {
                assertThat(text(answer)).isEqualTo("paid");
            }
            assertThat(calls).hasValue(1);
            assertThat(records.all)
                    .filteredOn(CallRecord::isCacheHit)
                    .hasSize(CALLERS - 1)
                    .allMatch(CallRecord::fellBack);
        }
    }

    @Test
    void aFollowerTakesNoAnswerOfAModelItMayNotUse() throws Exception {
        Model localOnlyRecovers = new Model(request -> {
            if (calls.incrementAndGet() == 1) {
                awaitDeaf(released);
                throw new InternalServerException("down");
            }
            return answer("local");
        });
        CallContext localOnly = CallContext.builder().forcedModel(LOCAL.id()).build();
        try (ModelRouter router = cached().model(LOCAL, localOnlyRecovers)
                .model(PAID, Fakes.answers("paid"))
                .build()) {
            Future<String> leader = callers.submit(() -> router.chatModel().chat("Oi"));
            await().until(() -> calls.get() == 1);
            Future<String> follower =
                    callers.submit(() -> router.chatModel(localOnly).chat("Oi"));
            untilFollowing(1);
            released.countDown();

            assertThat(text(leader)).isEqualTo("paid");
            assertThat(text(follower)).isEqualTo("local");
        }
    }

    @Test
    void aFollowerThatIsInterruptedLeavesAsFromAModel() throws Exception {
        try (ModelRouter router = cached().model(LOCAL, slow).build()) {
            Future<String> leader = callers.submit(() -> router.chatModel().chat("Oi"));
            await().until(() -> calls.get() == 1);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread follower = new Thread(() -> {
                thrown.set(catchThrowable(() -> router.chatModel().chat("Oi")));
                flag.set(Thread.currentThread().isInterrupted());
            });
            follower.start();
            untilFollowing(1);
            follower.interrupt();
            follower.join();

            assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(flag.get()).isTrue();
            CallRecord record = records.only();
            assertThat(record.outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(record.attempts()).isEmpty();
            assertThat(record.isCacheHit()).isFalse();
            released.countDown();
            assertThat(text(leader)).isEqualTo("answer 1");
        }
    }

    @Test
    void aLeaderThatIsInterruptedTakesNobodyAlong() throws Exception {
        try (ModelRouter router = cached().model(LOCAL, slow).build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread leader = new Thread(
                    () -> thrown.set(catchThrowable(() -> router.chatModel().chat("Oi"))));
            leader.start();
            await().until(() -> calls.get() == 1);
            Future<String> follower = callers.submit(() -> router.chatModel().chat("Oi"));
            untilFollowing(1);
            leader.interrupt();
            await().until(() -> calls.get() == 2);
            released.countDown();

            assertThat(text(follower)).isEqualTo("answer 2");
            leader.join();
            assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
        }
    }

    @Test
    void aFollowerWaitsNoLongerThanItsOwnCallMayTake() throws Exception {
        Duration limit = Duration.ofMillis(20);
        AtomicLong now = new AtomicLong();
        try (ModelRouter router = cached().model(LOCAL, slow)
                .limits(CallLimits.defaults().withCall(limit))
                .time(InstantSource.system(), now::get)
                .build()) {
            Future<String> leader = callers.submit(() -> router.chatModel().chat("Oi"));
            await().until(() -> calls.get() == 1);
            Future<String> follower = callers.submit(() -> router.chatModel().chat("Oi"));
            untilFollowing(1);
            now.set(limit.toNanos());

            assertThat(catchThrowable(() -> text(leader))).hasCauseInstanceOf(TimeoutException.class);
            assertThat(catchThrowable(() -> text(follower)))
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("PT0.02S");
            assertThat(calls).hasValue(1);
            assertThat(records.all)
                    .hasSize(2)
                    .allMatch(record -> record.outcome() == Outcome.TIMEOUT)
                    .anyMatch(record -> record.attempts().isEmpty());
        }
    }

    @Test
    void anErrorOfTheLeaderReleasesItsFollowers() throws Exception {
        Model fatal = new Model(request -> {
            if (calls.incrementAndGet() == 1) {
                awaitDeaf(released);
                throw new AssertionError("fatal");
            }
            return answer("Oi!");
        });
        try (ModelRouter router = cached().model(LOCAL, fatal).build()) {
            Future<String> leader = callers.submit(() -> router.chatModel().chat("Oi"));
            await().until(() -> calls.get() == 1);
            Future<String> follower = callers.submit(() -> router.chatModel().chat("Oi"));
            untilFollowing(1);
            released.countDown();

            assertThat(catchThrowable(() -> text(leader))).hasCauseInstanceOf(AssertionError.class);
            assertThat(text(follower)).isEqualTo("Oi!");
        }
    }
}
