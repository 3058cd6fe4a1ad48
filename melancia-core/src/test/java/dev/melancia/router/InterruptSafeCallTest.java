package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The models themselves let the time pass that they take; the limit is short so that its thread looks at the clock soon. */
class InterruptSafeCallTest {

    private static final Duration LIMIT = Duration.ofMillis(5);
    private static final Candidate SAFE =
            LOCAL.toBuilder().interruptSafe().attemptLimit(LIMIT).build();

    private final Records records = new Records();
    private final HandClock clock = new HandClock();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RoutedModel.class);

    @AfterEach
    void nothingIsLeftBehind() {
        logger.detachAppender(log);
        assertThat(Thread.interrupted()).isFalse();
    }

    private ModelRouterBuilder safe(Model model) {
        return clock.in(router().model(SAFE, model)).listener(records);
    }

    /** Runs until it is interrupted, and some time longer. */
    private ChatResponse late(Duration longer) {
        clock.pass(LIMIT);
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        clock.pass(longer);
        return answer("late");
    }

    private Model heeding() {
        return new Model(request -> {
            late(Duration.ZERO);
            Thread.interrupted(); // as a client does that throws for it
            throw new IllegalStateException(new InterruptedException());
        });
    }

    private static void assertRunsElsewhere(Model model) {
        assertThat(model.threads.get(model.calls() - 1)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void aModelThatIsSafeToInterruptRunsOnItsCallersThread() {
        Model model = answers("Oi!");
        try (ModelRouter router = safe(model).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(model.threads).containsExactly(Thread.currentThread());
            assertThat(router.callsRunning(SAFE.id())).isZero();
        }
    }

    @Test
    void itsFailureIsFollowedByTheNextModel() {
        try (ModelRouter router = safe(fails(new InternalServerException("boom")))
                .model(PAID, answers("Oi!"))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(router.callsRunning(SAFE.id())).isZero();
        }
    }

    @Test
    void itsDeadlineInterruptsItAndTheNextModelAnswers() {
        Model second = answers("Oi!");
        try (ModelRouter router = safe(heeding()).model(PAID, second).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");

            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.TIMEOUT, Outcome.ANSWERED);
            assertThat(records.only().attempts().get(0).durationNanos()).isEqualTo(LIMIT.toNanos());
            assertRunsElsewhere(second);
        }
    }

    @Test
    void aTimeOutAloneSaysSoAndLeavesNoInterrupt() {
        try (ModelRouter router = safe(heeding()).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi")))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("ollama/phi3:mini did not answer within PT0.005S");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void anAnswerThatComesLateIsAnAnswerAndLeavesNoInterrupt() {
        try (ModelRouter router =
                safe(new Model(request -> late(Duration.ZERO))).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("late");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(records.only().outcome()).isEqualTo(Outcome.ANSWERED);
        }
    }

    @Test
    void theHostsInterruptIsReportedAsSuchAndKept() {
        Model interrupted = new Model(request -> {
            throw new IllegalStateException(new InterruptedException());
        });
        Model second = answers("never");
        try (ModelRouter router = safe(interrupted).model(PAID, second).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi")))
                    .isInstanceOf(CallInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(records.only().outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(second.calls()).isZero();
        }
    }

    @Test
    void anInterruptThatTheModelKeptToItselfIsStillTheHosts() {
        Model failing = new Model(request -> {
            Thread.currentThread().interrupt();
            throw new InternalServerException("boom");
        });
        try (ModelRouter router = safe(failing).build()) {
            Throwable thrown = catchThrowable(() -> router.chatModel().chat("Oi"));
            assertThat(thrown).isInstanceOf(CallInterruptedException.class);
            assertThat(thrown.getSuppressed()).hasAtLeastOneElementOfType(InternalServerException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anAnswerKeepsTheHostsInterrupt() {
        Model model = new Model(request -> {
            Thread.currentThread().interrupt();
            return answer("Oi!");
        });
        try (ModelRouter router = safe(model).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void oneThatIgnoresTheInterruptRunsOnWorkersFromThenOnWhichIsSaidOnce() {
        log.start();
        logger.addAppender(log);
        Model deaf = new Model(request -> late(Duration.ofMillis(500)));
        Model again = new Model(request -> deaf.calls() == 0 ? deaf.chat(request, null) : answer("Oi!"));
        try (ModelRouter router = safe(again).build()) {
            router.chatModel().chat("Oi");
            router.chatModel().chat("Oi");

            assertThat(again.threads.get(0)).isSameAs(Thread.currentThread());
            assertRunsElsewhere(again);
            assertThat(log.list).hasSize(1);
            assertThat(log.list.get(0).getFormattedMessage())
                    .isEqualTo("A model declared interrupt-safe went on after an interrupt; it runs on worker threads"
                            + " from now on");
        }
    }

    @Test
    void anErrorOfTheMachinePassesThrough() {
        Error error = new StackOverflowError("deep");
        Model broken = new Model(request -> {
            throw error;
        });
        try (ModelRouter router = safe(broken).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertThat(router.callsRunning(SAFE.id())).isZero();
        }
    }

    @Test
    void aHostsExecutorIsUsedAllTheSame() {
        Model model = answers("Oi!");
        try (ModelRouter router =
                safe(model).executor(task -> new Thread(task).start()).build()) {
            router.chatModel().chat("Oi");
            assertRunsElsewhere(model);
        }
    }

    @Test
    void aCallThatMayAskTwoModelsRunsElsewhere() {
        Model model = answers("Oi!");
        try (ModelRouter router = safe(model)
                .model(PAID, answers("never"))
                .hedging(HedgeSettings.after(Duration.ofHours(1)))
                .build()) {
            router.chatModel().chat("Oi");
            assertRunsElsewhere(model);
        }
    }

    @Test
    void withoutLimitsNobodyIsWatched() {
        Model slow = new Model(request -> {
            clock.pass(Duration.ofDays(1));
            return answer("Oi!");
        });
        try (ModelRouter router = safe(slow).limits(CallLimits.none()).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(slow.threads).isEqualTo(List.of(Thread.currentThread()));
        }
    }

    @Test
    void withoutAThreadThatWatchesTheModelRunsOnAWorkerAndKeepsNoPermit() {
        Model model = answers("Oi!");
        Candidate safe = LOCAL.toBuilder().interruptSafe().build();
        ModelRouterBuilder builder = router().model(safe, model);
        builder.deadlineThreads = task -> new Thread(task) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        try (ModelRouter router = builder.build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(model.threads.get(0)).isNotSameAs(Thread.currentThread());
            assertThat(router.callsRunning(LOCAL.id())).isZero();
        }
    }
}
