package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.model.chat.ChatModel;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a provider promises that says its models are safe to interrupt; skipped by name for one that does not. */
abstract class HttpInterruptContract extends HttpStreamContract {

    /** Far beyond {@link #SOON}: no limit but the interrupt ends these calls. */
    private static final Duration VERY_LATE = Duration.ofMinutes(2);

    private static final long POLL_NANOS = 1_000_000;
    private static final int POLLS_UNTIL_IT_WAITS = 200;

    @BeforeEach
    final void skipInterruptsWhereNotDeclared(TestInfo test) {
        boolean ofThisContract = test.getTestMethod().orElseThrow().getDeclaringClass() == HttpInterruptContract.class;
        assumeTrue(
                !ofThisContract || provider().isInterruptSafe(),
                () -> expectedId() + " does not say that its models are safe to interrupt");
    }

    @Test
    public final void endsSoonWhenInterruptedWhileItConnects() throws InterruptedException {
        try (BlackHole nobody = BlackHole.open()) {
            Caller caller = caller(nobody.address());
            caller.awaitWaiting();

            caller.interruptAndAssertEnd();
        }
    }

    @Test
    public final void endsSoonWhenInterruptedWhileItWaitsForHeaders() throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(Reply.silence())) {
            Caller caller = caller(server.address());
            assertThat(server.awaitRequests(1, SOON)).as("request").isTrue();

            caller.interruptAndAssertEnd();
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }

    @Test
    public final void endsSoonWhenInterruptedWhileTheBodyIsStalled() throws InterruptedException {
        Gate gate = Gate.closed();
        Reply reply = Reply.streaming(Json.TYPE).send("{").waitFor(gate).stall();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            Caller caller = caller(server.address());
            gate.awaitHeld(1, SOON);
            gate.open();

            caller.interruptAndAssertEnd();
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }

    @Test
    public final void endsSoonWhenItsThreadWasInterruptedBefore() throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(Reply.silence())) {
            ChatModel model =
                    provider().chatModel(model(server).timeout(VERY_LATE).build());
            Caller caller = new Caller(() -> {
                Thread.currentThread().interrupt();
                model.chat("?");
            });

            caller.assertEnd();
        }
    }

    private Caller caller(URI server) {
        ChatModel model = provider().chatModel(model(server).timeout(VERY_LATE).build());
        return new Caller(() -> model.chat("?"));
    }

    private static boolean saysInterrupted(Throwable error) {
        return error instanceof InterruptedException || error instanceof ClosedByInterruptException;
    }

    /** A call on a thread of its own. */
    private static final class Caller {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;
        private volatile @Nullable Throwable failure;
        private volatile boolean flag;

        Caller(Runnable call) {
            thread = new Thread(() -> run(call), "melancia-contract-caller");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(Runnable call) {
            failure = catchThrowable(call::run);
            flag = Thread.currentThread().isInterrupted();
            ended.countDown();
        }

        /** Until it waits, or for a while: a client that connects without yielding never seems to wait. */
        void awaitWaiting() {
            for (int i = 0; i < POLLS_UNTIL_IT_WAITS && thread.getState() != Thread.State.TIMED_WAITING; i++) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }

        void interruptAndAssertEnd() throws InterruptedException {
            assertThat(ended.getCount()).as("still calling").isOne();
            thread.interrupt();
            assertEnd();
        }

        void assertEnd() throws InterruptedException {
            assertThat(ended.await(SOON.toNanos(), TimeUnit.NANOSECONDS))
                    .as("ended by the interrupt")
                    .isTrue();
            Throwable error = requireNonNull(failure, "an interrupted call answered");
            assertThat(error).isInstanceOf(RuntimeException.class);
            assertThat(flag || causes(error).anyMatch(HttpInterruptContract::saysInterrupted))
                    .as("interrupt is visible in " + error)
                    .isTrue();
        }
    }
}
