package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    @Test
    void givesAsManyPermitsAsItHas() {
        Bulkhead bulkhead = new Bulkhead(2);

        assertThat(bulkhead.tryAcquire()).isTrue();
        assertThat(bulkhead.isFull()).isFalse();
        assertThat(bulkhead.tryAcquire()).isTrue();
        assertThat(bulkhead.isFull()).isTrue();
        assertThat(bulkhead.tryAcquire()).isFalse();
        bulkhead.release();
        assertThat(bulkhead.taken()).isOne();
        assertThat(bulkhead.tryAcquire()).isTrue();
    }

    @Test
    void neverShowsMorePermitsThanItHasAndLosesNone() throws Exception {
        Bulkhead bulkhead = new Bulkhead(3);
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            new Thread(() -> {
                        for (int round = 0; round < 20_000; round++) {
                            boolean got = bulkhead.tryAcquire();
                            most.accumulateAndGet(bulkhead.taken(), Math::max);
                            if (got) {
                                bulkhead.release();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }

        assertThat(done.await(60, SECONDS)).isTrue();
        assertThat(bulkhead.taken()).isZero();
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }
}
