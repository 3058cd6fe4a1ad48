package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgedCallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Candidate PRICED = Candidate.builder(PAID.id())
            .price(TokenPrice.usdPerMillionTokens("1", "1"))
            .build();

    private final Records records = new Records();
    private final CountDownLatch begun = new CountDownLatch(1);

    /** Patience is over when the first model has begun, and not before. */
    private final HandClock clock = new HandClock(PATIENCE) {
        @Override
        public void park(Object blocker, long wait) {
            if (wait <= PATIENCE.toNanos()) {
                awaitDeaf(begun);
            }
            super.park(blocker, wait);
        }
    };

    private final Deaf deaf = new Deaf();

    @AfterEach
    void release() {
        deaf.close();
    }

    private ModelRouterBuilder two(ChatModel first, ChatModel second, HandClock time) {
        ChatModel beginning = new Model(request -> {
            begun.countDown();
            return first.chat(request, ChatRequestOptions.EMPTY);
        });
        return time.in(router().model(LOCAL, beginning).model(PAID, second))
                .hedging(HedgeSettings.after(PATIENCE))
                .listener(records);
    }

    private ModelRouter two(ChatModel first, ChatModel second) {
        return two(first, second, clock).build();
    }

    /** Answers when its caller waits beside a second model, or has none to ask. */
    private Model slow() {
        return after(clock.waiting);
    }

    private static Model after(CountDownLatch latch) {
        return new Model(request -> {
            awaitDeaf(latch);
            return answer("slow");
        });
    }

    private void assertAttempts(Outcome first, Outcome hedge) {
        assertThat(records.only().attempts()).extracting(Attempt::model).containsExactly(LOCAL.id(), PAID.id());
        assertThat(records.only().attempts()).extracting(Attempt::outcome).containsExactly(first, hedge);
        assertThat(records.only().attempts()).extracting(Attempt::isHedge).containsExactly(false, true);
        assertThat(records.only().attempts())
                .extracting(Attempt::startOffsetNanos)
                .containsExactly(0L, PATIENCE.toNanos());
    }

    @Test
    void theNextModelIsAskedBesideASlowOneAndItsAnswerTaken() {
        try (ModelRouter router = two(deaf.model, answers("fast"))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("fast");

            assertAttempts(Outcome.CANCELLED, Outcome.ANSWERED);
            assertThat(records.only().outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(records.only().answeredBy()).contains(PAID.id());
            assertThat(router.callsRunning(LOCAL.id()))
                    .as("it has not returned")
                    .isOne();
            deaf.close();
            await().until(() -> router.callsRunning(LOCAL.id()) == 0);
            assertThat(records.all).hasSize(1);
        }
    }

    @Test
    void theModelThatLosesIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Model heeding = new Model(request -> {
            try {
                assertThat(deaf.released.await(10, SECONDS)).isFalse();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return answer("late");
        });
        try (ModelRouter router = two(heeding, answers("fast"))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("fast");
            assertThat(interrupted.await(10, SECONDS)).isTrue();
        }
    }

    @Test
    void aModelThatAnswersBeforeItIsSlowIsAskedAlone() {
        Model second = answers("never");
        try (ModelRouter router = two(answers("Oi!"), second, new HandClock()).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(second.calls()).isZero();
            assertThat(records.only().attempts()).hasSize(1);
        }
    }

    @Test
    void theSlowModelMayStillWin() {
        try (ModelRouter router = two(slow(), deaf.model)) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertAttempts(Outcome.ANSWERED, Outcome.CANCELLED);
            assertThat(records.only().fellBack()).isFalse();
        }
    }

    @Test
    void aFailureOfOneWaitsForTheOther() {
        try (ModelRouter router = two(after(clock.waitingAgain), fails(new InternalServerException("boom")))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertAttempts(Outcome.ANSWERED, Outcome.SERVER_ERROR);
        }
    }

    @Test
    void aRequestThatOnlyTheSecondModelRefusesIsNotLost() {
        try (ModelRouter router = two(after(clock.waitingAgain), fails(new InvalidRequestException("bad")))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertAttempts(Outcome.ANSWERED, Outcome.INVALID_REQUEST);
        }
    }

    @Test
    void whenBothFailTheCallFailsWithBoth() {
        RuntimeException one = new InternalServerException("one");
        RuntimeException other = new InternalServerException("other");
        Model failing = new Model(request -> {
            awaitDeaf(clock.waiting);
            throw one;
        });
        try (ModelRouter router = two(failing, fails(other))) {
            Throwable thrown = catchThrowable(() -> router.chatModel().chat("Oi"));

            assertThat(thrown).isInstanceOf(AllModelsFailedException.class);
            assertThat(java.util.List.of(thrown.getCause(), thrown.getSuppressed()[0]))
                    .containsExactlyInAnyOrder(one, other);
            assertAttempts(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR);
            assertThat(records.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
        }
    }

    @Test
    void aSecondModelWithoutAPermitLeavesTheFirstOneAlone() {
        Candidate narrow = Candidate.builder(PAID.id()).maxConcurrentCalls(1).build();
        CountDownLatch occupied = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        HandClock held = new HandClock(PATIENCE) {
            @Override
            public void park(Object blocker, long wait) {
                if (wait <= PATIENCE.toNanos()) {
                    awaitDeaf(occupied);
                } else if (Thread.currentThread() == caller) {
                    refused.countDown();
                }
                super.park(blocker, wait);
            }
        };
        CallContext toPaid = CallContext.builder().forcedModel(PAID.id()).build();
        AtomicReference<ModelRouter> self = new AtomicReference<>();
        Model first = new Model(request -> {
            new Thread(() -> self.get().chatModel(toPaid).chat("occupy")).start();
            await().until(() -> deaf.model.calls() == 1);
            occupied.countDown();
            awaitDeaf(refused);
            return answer("slow");
        });
        try (ModelRouter router = held.in(router().model(LOCAL, first).model(narrow, deaf.model))
                .hedging(HedgeSettings.after(PATIENCE))
                .listener(records)
                .build()) {
            self.set(router);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertAttempts(Outcome.ANSWERED, Outcome.NO_PERMIT);
        }
    }

    /** Holds the caller until both models are done, so that it finds both at once. */
    private static HandClock untilBothAreDone() {
        CountDownLatch done = new CountDownLatch(2);
        return new HandClock(PATIENCE) {
            @Override
            public void park(Object blocker, long wait) {
                if (wait <= PATIENCE.toNanos()) {
                    super.park(blocker, wait);
                } else {
                    waiting.countDown();
                    awaitDeaf(done);
                }
            }

            @Override
            public void unpark(Thread thread) {
                done.countDown();
                super.unpark(thread);
            }
        };
    }

    private static Model when(HandClock time, Model then) {
        return new Model(request -> {
            awaitDeaf(time.waiting);
            return then.chat(request, ChatRequestOptions.EMPTY);
        });
    }

    @Test
    void anAnswerThatCameTooLateIsCountedAndPaidFor() {
        HandClock both = untilBothAreDone();
        Model costly = new Model(request -> answer("paid", new TokenUsage(10, 20)));
        try (ModelRouter router = both.in(
                        router().model(LOCAL, when(both, answers("Oi!"))).model(PRICED, when(both, costly)))
                .hedging(HedgeSettings.after(PATIENCE))
                .listener(records)
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");

            assertAttempts(Outcome.ANSWERED, Outcome.CANCELLED);
            Attempt lost = records.only().attempts().get(1);
            assertThat(lost.outputTokens()).hasValue(20);
            assertThat(lost.cost()).isEqualTo(Cost.knownPicoUsd(30_000_000));
        }
    }

    @Test
    void anErrorOfTheMachinePassesThroughThoughTheOtherModelFailedToo() {
        HandClock both = untilBothAreDone();
        Error error = new StackOverflowError("deep");
        Model broken = new Model(request -> {
            throw error;
        });
        try (ModelRouter router = two(when(both, broken), when(both, fails(new InternalServerException("boom"))), both)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertAttempts(Outcome.FAILED, Outcome.SERVER_ERROR);
            assertThat(records.only().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void anErrorOfTheMachineLeavesTheOtherModel() {
        Error error = new StackOverflowError("deep");
        Model broken = new Model(request -> {
            throw error;
        });
        try (ModelRouter router = two(deaf.model, broken)) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertAttempts(Outcome.CANCELLED, Outcome.FAILED);
        }
    }

    @Test
    void noMoreCallsAreHedgedThanTheirShareAndTheReserve() {
        Model second = answers("fast");
        Model first = new Model(request -> {
            awaitDeaf(request.messages().size() == 1 ? deaf.released : clock.waiting);
            return answer("slow");
        });
        try (ModelRouter router = two(first, second, clock)
                .hedging(HedgeSettings.after(PATIENCE).share(.01))
                .build()) {
            for (int i = 0; i < 10; i++) {
                assertThat(router.chatModel().chat("Oi")).isEqualTo("fast");
            }
            clock.waiting = new CountDownLatch(1);
            var message = Fakes.say("Oi").messages().get(0);

            assertThat(router.chatModel().chat(message, message).aiMessage().text())
                    .isEqualTo("slow");
            assertThat(second.calls()).isEqualTo(10);
            assertThat(clock.jumps).hasSize(11);
        }
    }

    @Test
    void aCallerInterruptedWhileTwoModelsRunIsFreedAsSuch() throws Exception {
        Deaf other = new Deaf();
        try (other;
                ModelRouter router = two(deaf.model, other.model)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                thrown.set(catchThrowable(() -> router.chatModel().chat("Oi")));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> other.model.calls() == 1);
            caller.interrupt();
            caller.join(10_000);

            assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(flag.get()).isTrue();
            assertAttempts(Outcome.INTERRUPTED, Outcome.CANCELLED);
            assertThat(records.only().outcome()).isEqualTo(Outcome.INTERRUPTED);
            deaf.close();
            other.close();
            await().until(() -> router.callsRunning(LOCAL.id()) + router.callsRunning(PAID.id()) == 0);
        }
    }

    @Test
    void aCallerInterruptedAfterAFailureIsToldOfBoth() throws Exception {
        RuntimeException boom = new InternalServerException("boom");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (ModelRouter router = two(fails(boom), deaf.model)) {
            Thread caller = new Thread(
                    () -> thrown.set(catchThrowable(() -> router.chatModel().chat("Oi"))));
            caller.start();
            await().until(() -> deaf.model.calls() == 1);
            caller.interrupt();
            caller.join(10_000);
        }
        assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
        assertThat(thrown.get().getSuppressed()).containsExactly(boom);
    }

    @Test
    void nobodyIsAskedBesideTheLastModelOrWithoutLimits() {
        begun.countDown();
        try (ModelRouter alone = clock.in(router().model(LOCAL, slow()))
                .hedging(HedgeSettings.after(PATIENCE))
                .build()) {
            assertThat(alone.chatModel().chat("Oi")).isEqualTo("slow");
        }
        Model second = answers("never");
        try (ModelRouter unlimited =
                two(answers("Oi!"), second, clock).limits(CallLimits.none()).build()) {
            assertThat(unlimited.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(second.calls()).isZero();
        }
        assertThat(clock.jumps).isEmpty();
    }

    @Test
    void withoutHedgingASlowModelIsWaitedFor() {
        Model second = answers("never");
        try (ModelRouter router =
                clock.in(router().model(LOCAL, slow()).model(PAID, second)).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertThat(second.calls()).isZero();
        }
    }
}
