package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Rejection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Real but short limits: a model that hangs cannot be faked with a clock alone. */
class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(40);
    private static final CallLimits LIMITS = CallLimits.defaults().withAttempt(SHORT);
    private static final Candidate HASTY =
            Candidate.builder("ollama/phi3:mini").attemptLimit(SHORT).build();

    private final Records records = new Records();

    @Test
    void aDeafModelIsLeftToItselfAtItsOwnLimitAndTheNextAnswers() {
        try (Deaf deaf = new Deaf();
                ModelRouter router = router().model(HASTY, deaf.model)
                        .model(PAID, answers("Oi!"))
                        .listener(records)
                        .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");

            Attempt timedOut = records.only().attempts().get(0);
            assertThat(timedOut.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(timedOut.durationNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(deaf.released.getCount()).isOne();
        }
    }

    @Test
    void anAbandonedCallKeepsItsPermitUntilTheModelReturns() {
        Candidate narrow = Candidate.builder("ollama/phi3:mini")
                .attemptLimit(SHORT)
                .maxConcurrentCalls(2)
                .build();
        try (Deaf deaf = new Deaf();
                ModelRouter router = router().model(narrow, deaf.model)
                        .model(PAID, answers("Oi!"))
                        .listener(records)
                        .build()) {
            router.chatModel().chat("1");
            assertThat(router.callsRunning(narrow.id())).isOne();
            router.chatModel().chat("2");
            assertThat(router.callsRunning(narrow.id())).isEqualTo(2);

            router.chatModel().chat("3");

            assertThat(deaf.model.calls()).isEqualTo(2);
            assertThat(records.all.get(2).attempts()).hasSize(1);
            assertThat(records.all.get(2).decision().orElseThrow().rejections())
                    .containsExactly(new Rejection(narrow.id(), "runs as many calls as it may, 2"));
            assertThat(records.all.get(2).fellBack()).isTrue();
            deaf.released.countDown();
            await().until(() -> router.callsRunning(narrow.id()) == 0);
        }
    }

    @Test
    void aTimeOutAloneIsLangchain4jsOwnException() {
        try (Deaf deaf = new Deaf();
                ModelRouter router =
                        router().model(LOCAL, deaf.model).limits(LIMITS).build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi"))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("ollama/phi3:mini did not answer within PT0.04S");
        }
    }

    @Test
    void theCallLimitLeavesNoTimeForAnotherModel() {
        Model second = answers("never");
        try (Deaf deaf = new Deaf();
                ModelRouter router = router().model(LOCAL, deaf.model)
                        .model(PAID, second)
                        .limits(CallLimits.defaults().withCall(SHORT))
                        .listener(records)
                        .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(TimeoutException.class);
            assertThat(second.calls()).isZero();
            assertThat(records.only().outcome()).isEqualTo(Outcome.TIMEOUT);
        }
    }

    @Test
    void aModelThatHeedsInterruptsIsStoppedAndTheNextTaskOfItsThreadSeesNone() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicReference<Boolean> stray = new AtomicReference<>();
        Model first = new Model(request -> {
            try {
                SECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped.countDown();
            }
            return Fakes.answer("late");
        });
        Model second = new Model(request -> {
            stray.set(Thread.currentThread().isInterrupted());
            return Fakes.answer("Oi!");
        });
        try (ModelRouter router = router().model(HASTY, first).build();
                ModelRouter calm = router().model(PAID, second).build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(TimeoutException.class);
            assertThat(stopped.await(10, SECONDS)).isTrue();
            await().until(() -> router.callsRunning(HASTY.id()) == 0);
            calm.chatModel().chat("Oi");
            assertThat(stray.get()).isFalse();
        }
    }

    @Test
    void anInterruptedCallerIsFreedWithItsFlagSet() throws Exception {
        try (Deaf deaf = new Deaf();
                ModelRouter router = router().model(LOCAL, deaf.model)
                        .model(PAID, answers("never"))
                        .listener(records)
                        .build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                thrown.set(catchThrowable(() -> router.chatModel().chat("Oi")));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> deaf.model.calls() == 1);
            caller.interrupt();
            caller.join(10_000);

            assertThat(thrown.get())
                    .isInstanceOf(CallInterruptedException.class)
                    .hasMessage("interrupted while waiting for a model");
            assertThat(flag.get()).isTrue();
            assertThat(records.only().outcome()).isEqualTo(Outcome.INTERRUPTED);
        }
    }

    @Test
    void aCallerInterruptedBetweenTwoAttemptsIsFreedAsSuch() throws Exception {
        RateLimitException refusal = new RateLimitException("slow down");
        Model model = fails(refusal);
        try (ModelRouter router = router().model(LOCAL, model).listener(records).build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(
                    () -> thrown.set(catchThrowable(() -> router.chatModel().chat("Oi"))));
            caller.start();
            await().pollInterval(Duration.ofMillis(1)).until(() -> model.calls() == 1);
            caller.interrupt();
            caller.join(10_000);

            assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(thrown.get().getSuppressed()).containsExactly(refusal);
            assertThat(model.calls()).isOne();
            assertThat(records.only().outcome()).isEqualTo(Outcome.INTERRUPTED);
        }
    }

    @Test
    void withoutLimitsTheModelRunsOnTheCallersThread() {
        Model model = answers("Oi!");
        try (ModelRouter router =
                router().model(LOCAL, model).limits(CallLimits.none()).build()) {
            router.chatModel().chat(say("Oi"));
            assertThat(model.threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void withLimitsTheModelRunsOnADaemonThreadOfOurs() {
        Model model = answers("Oi!");
        try (ModelRouter router = router().model(LOCAL, model).build()) {
            router.chatModel().chat(say("Oi"));
            assertThat(model.threads.get(0).getName()).startsWith("melancia-call-");
            assertThat(model.threads.get(0).isDaemon()).isTrue();
        }
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> CallLimits.defaults().withCall(Duration.ZERO))
                .hasMessage("call limit must be positive, was PT0S; CallLimits.none() turns limits off");
        assertThat(CallLimits.none()).hasToString("CallLimits[none]");
        assertThat(CallLimits.defaults())
                .hasToString("CallLimits[attempt=PT3M, call=PT6M, firstToken=PT3M, idle=PT1M]");
    }

    @Test
    void anExecutorThatNeverRunsTheTaskCostsNoPermit() {
        try (ModelRouter router = Fakes.router()
                .model(Fakes.LOCAL, Fakes.answers("Oi!"))
                .executor(task -> {})
                .limits(CallLimits.defaults().withAttempt(Duration.ofMillis(20)))
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(ModelBusyException.class);
            assertThat(router.callsRunning(Fakes.LOCAL.id())).isZero();
        }
    }
}
