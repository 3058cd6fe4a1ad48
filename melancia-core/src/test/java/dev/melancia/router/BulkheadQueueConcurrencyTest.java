package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BulkheadQueueConcurrencyTest {

    private static final int PERMITS = 3;
    private static final int THREADS = 8;
    private static final int ROUNDS = 5_000;

    private final Bulkhead bulkhead = new Bulkhead(PERMITS, 4);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    @Test
    void aPermitThatIsHandedOnIsNeitherDoubledNorLost() throws Exception {
        long seed = new Random().nextLong();
        CountDownLatch done = new CountDownLatch(THREADS);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    takeOrLeave(random);
                }
                done.countDown();
            });
            thread.setUncaughtExceptionHandler((where, error) -> failed.set(error));
            thread.start();
        }

        assertThat(done.await(60, SECONDS))
                .as("seed %d, failed %s", seed, failed)
                .isTrue();
        assertThat(most.get()).as("seed %d", seed).isLessThanOrEqualTo(PERMITS);
        assertThat(served.get()).isGreaterThan(ROUNDS);
        assertThat(bulkhead.taken()).as("seed %d", seed).isZero();
        assertThat(bulkhead.queued()).as("seed %d", seed).isZero();
    }

    private void takeOrLeave(Random random) {
        Semaphore permitted = new Semaphore(0);
        Bulkhead.Place place = bulkhead.enter(permitted::release);
        if (place == null) {
            return;
        }
        if (random.nextInt(3) == 0) {
            bulkhead.leave(place); // as a call does whose limit is over, or that was interrupted
            return;
        }
        if (!place.hasPermit()) {
            permitted.acquireUninterruptibly();
            assertThat(place.hasPermit()).isTrue();
        }
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        served.incrementAndGet();
        if (random.nextBoolean()) {
            Thread.onSpinWait();
        }
        inside.decrementAndGet();
        bulkhead.release();
    }
}
