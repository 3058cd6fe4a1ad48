package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.routed;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread looks at the ticker about as often as the limits are long, so short ones make it look soon. */
class DeadlinesTest {

    private static final long LIMIT = MILLISECONDS.toNanos(5);

    private final Set<Thread> before = threads();
    private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - LIMIT); // it wraps around meanwhile
    private final Deadlines deadlines = new Deadlines(ticker::get, Workers.threads("melancia-deadline"));
    private final RoutedModel model = routed(LOCAL.toBuilder().interruptSafe().build(), answers("unused"));

    @AfterEach
    void close() {
        Thread.interrupted();
        deadlines.close();
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().equals("melancia-deadline"));
        return threads;
    }

    private Deadlines.Watch begin(long limit) {
        return deadlines.begin(model, ticker.get() + limit);
    }

    private static void awaitInterrupt() {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aCallerThatReturnsInTimeIsNotInterrupted() {
        Deadlines.Watch watch = begin(LIMIT);
        assertThat(deadlines.watched()).isOne();

        assertThat(deadlines.end(watch)).isFalse();
        assertThat(deadlines.watched()).isZero();
        ticker.addAndGet(LIMIT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallerPastItsDeadlineIsInterruptedAndTheInterruptTakenBack() {
        Deadlines.Watch watch = begin(LIMIT);
        ticker.addAndGet(LIMIT);
        awaitInterrupt();

        assertThat(deadlines.end(watch)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(deadlines.watched()).isZero();
        assertThat(model.isInterruptSafe()).isTrue();
    }

    @Test
    void anInterruptOfTheHostsOwnIsKept() {
        Deadlines.Watch watch = begin(HOURS.toNanos(1));
        Thread.currentThread().interrupt();

        assertThat(deadlines.end(watch)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aModelThatGoesOnAfterTheInterruptIsDemotedOnceItsGraceIsOver() {
        Deadlines.Watch watch = begin(LIMIT);
        ticker.addAndGet(LIMIT);
        awaitInterrupt();
        ticker.addAndGet(Deadlines.GRACE_NANOS - 1);
        assertThat(model.isInterruptSafe()).isTrue();
        ticker.addAndGet(1);

        assertThat(deadlines.end(watch)).isTrue();
        assertThat(model.isInterruptSafe()).isFalse();
    }

    @Test
    void aModelThatNeverReturnsIsDemotedByTheThread() {
        Deadlines.Watch watch = begin(LIMIT);
        ticker.addAndGet(LIMIT);
        awaitInterrupt();
        ticker.addAndGet(Deadlines.GRACE_NANOS);
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (model.isInterruptSafe() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }

        assertThat(model.isInterruptSafe()).isFalse();
        assertThat(deadlines.end(watch)).isTrue();
    }

    @Test
    void aShorterDeadlineThatComesLaterIsNotMissed() {
        Deadlines.Watch longer = begin(HOURS.toNanos(1));
        Deadlines.Watch shorter = begin(LIMIT);
        ticker.addAndGet(LIMIT);
        awaitInterrupt();

        assertThat(deadlines.end(shorter)).isTrue();
        assertThat(deadlines.end(longer)).isFalse();
    }

    @Test
    void theThreadEndsWithTheRouterThoughDeadlinesOfPastCallsAreFar() throws Exception {
        deadlines.end(begin(HOURS.toNanos(1)));
        Set<Thread> mine = threads();
        mine.removeAll(before);
        assertThat(mine).hasSize(1);
        Thread thread = mine.iterator().next();
        assertThat(thread.isDaemon()).isTrue();
        deadlines.close();

        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aCallUnderWayIsWatchedAfterTheRouterIsClosed() {
        Deadlines.Watch watch = begin(LIMIT);
        deadlines.close();
        Deadlines.Watch later = begin(LIMIT);
        ticker.addAndGet(LIMIT);
        awaitInterrupt();
        deadlines.end(later);
        deadlines.end(watch);
        assertThat(deadlines.watched()).isZero();
    }

    @Test
    void theThreadOfAClosedRouterEndsWithItsLastCallNotAtThatOnesDeadline() throws Exception {
        Deadlines.Watch watch = begin(HOURS.toNanos(1));
        Set<Thread> mine = threads();
        mine.removeAll(before);
        deadlines.close();
        deadlines.end(watch);

        Thread thread = mine.iterator().next();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aPauseOfTheWholeJvmDoesNotDemoteAModelBeforeItWasInterrupted() {
        Deadlines unattended = new Deadlines(ticker::get, task -> new Thread(() -> {}));
        Deadlines.Watch watch = unattended.begin(model, ticker.get() + LIMIT);
        ticker.addAndGet(LIMIT + 10 * Deadlines.GRACE_NANOS);

        unattended.lookThrough();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(model.isInterruptSafe()).isTrue();
        ticker.addAndGet(Deadlines.GRACE_NANOS - 1);
        unattended.lookThrough();

        assertThat(unattended.end(watch)).isTrue();
        assertThat(model.isInterruptSafe()).isTrue();
    }

    @Test
    void withoutAThreadNobodyIsWatchedAndTheNextCallTriesAgain() {
        AtomicInteger threads = new AtomicInteger();
        Deadlines late = new Deadlines(
                ticker::get,
                task -> threads.incrementAndGet() == 1
                        ? new Thread(task) {
                            @Override
                            public synchronized void start() {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                        }
                        : Workers.thread("melancia-deadline", task));
        assertThat(late.begin(model, ticker.get() + LIMIT)).isNull();
        assertThat(late.watched()).isZero();

        Deadlines.Watch watch = late.begin(model, ticker.get() + HOURS.toNanos(1));
        assertThat(watch).isNotNull();
        assertThat(threads.get()).isEqualTo(2);
        assertThat(late.end(watch)).isFalse();
        late.close();
    }

    @Test
    void aThreadThatCannotBeInterruptedDoesNotKeepOthersFromTheirInterrupt() throws Exception {
        AtomicReference<Deadlines.Watch> stubborn = new AtomicReference<>();
        Deadlines unattended = new Deadlines(ticker::get, task -> new Thread(() -> {}));
        Thread other = new Thread(() -> stubborn.set(unattended.begin(model, ticker.get() + LIMIT))) {
            @Override
            public void interrupt() {
                throw new SecurityException("not this one");
            }
        };
        other.start();
        other.join(10_000);
        unattended.begin(model, ticker.get() + LIMIT);
        ticker.addAndGet(LIMIT);

        unattended.lookThrough();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(unattended.end(stubborn.get())).isTrue();
    }

    @Test
    void noInterruptHitsWhatComesAfterACall() throws Exception {
        long seed = new Random().nextLong();
        CountDownLatch done = new CountDownLatch(4);
        AtomicInteger late = new AtomicInteger();
        AtomicInteger stray = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(seed + i);
            new Thread(() -> {
                        for (int call = 0; call < 3_000; call++) {
                            Deadlines.Watch watch = begin(1_000 + random.nextInt(2_000));
                            ticker.addAndGet(random.nextInt(1_500));
                            late.addAndGet(deadlines.end(watch) ? 1 : 0);
                            stray.addAndGet(Thread.interrupted() ? 1 : 0);
                        }
                        done.countDown();
                    })
                    .start();
        }

        assertThat(done.await(60, SECONDS)).isTrue();
        assertThat(stray.get()).as("seed %d, late %d", seed, late.get()).isZero();
        assertThat(deadlines.watched()).isZero();
    }
}
