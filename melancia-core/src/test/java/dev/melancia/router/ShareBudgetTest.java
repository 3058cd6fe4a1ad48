package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareBudgetTest {

    private static long taken(ShareBudget budget, int tries) {
        return IntStream.range(0, tries).filter(i -> budget.tryTake()).count();
    }

    @Test
    void beginsWithItsReserve() {
        assertThat(taken(new ShareBudget(.2, 10), 100)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.05, .2, .333333, 1})
    void allowsExactlyItsShareOfManyCallsOnceTheReserveIsSpent(double share) {
        ShareBudget budget = new ShareBudget(share, 10);
        taken(budget, 10);
        int calls = 300_000;
        int taken = 0;
        for (int call = 0; call < calls; call++) {
            budget.onCall();
            taken += budget.tryTake() ? 1 : 0;
        }

        assertThat(taken).isEqualTo((int) Math.floor(Math.round(share * 1_000_000) * (long) calls / 1_000_000.));
    }

    @Test
    void quietTimesBuyNoMoreThanTheReserve() {
        ShareBudget budget = new ShareBudget(.5, 10);
        for (int call = 0; call < 1_000; call++) {
            budget.onCall();
        }

        assertThat(taken(budget, 100)).isEqualTo(10);
    }

    @Test
    void aShareOfNothingAllowsNothingNotEvenTheReserve() {
        ShareBudget budget = new ShareBudget(0, 10);
        budget.onCall();

        assertThat(budget.tryTake()).isFalse();
    }

    @Test
    void theShareMustBeAPartOfTheCalls() {
        for (double share : new double[] {-.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new ShareBudget(share, 10))
                    .hasMessage("share of the calls must be in [0, 1], was " + share);
        }
    }

    @Test
    void noneIsLostOrTakenTwiceByManyThreads() throws Exception {
        ShareBudget budget = new ShareBudget(.25, 10);
        taken(budget, 10);
        int threads = 8;
        int calls = 4_000;
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (int call = 0; call < calls; call++) {
                            budget.onCall();
                            taken.addAndGet(budget.tryTake() ? 1 : 0);
                        }
                        done.countDown();
                    })
                    .start();
        }

        assertThat(done.await(60, SECONDS)).isTrue();
        taken.addAndGet((int) taken(budget, 100));
        assertThat(taken.get()).isEqualTo(threads * calls / 4);
    }
}
