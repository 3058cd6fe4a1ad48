package dev.melancia.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetsConcurrencyTest {

    private static final int THREADS = 8;
    private static final int CALLS = 20_000;
    private static final long LIMIT = 40_000;
    private static final long TENANT_LIMIT = 15_000;
    private static final long NOW = 1_800_000_000_000L;

    private final Budgets budgets = Budgets.builder()
            .all(BudgetPeriod.DAY, pico(LIMIT))
            .eachTenant(BudgetPeriod.HOUR, pico(TENANT_LIMIT))
            .eachUser(BudgetPeriod.DAY, pico(1_000))
            .build();

    /** Of each tenant, and of all last: what is surely reserved or spent, a lower bound of what the budgets count. */
    private final List<AtomicLong> surelyTaken =
            List.of(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());

    private final AtomicLong spent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentLinkedQueue<Reservation> leftOpen = new ConcurrentLinkedQueue<>();

    @Test
    void threadsTogetherNeverReserveMoreThanThereIsAndNothingIsLostOrLeftOver() throws Exception {
        long seed = new Random().nextLong();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                results.add(threads.submit(() -> {
                    start.await();
                    for (int call = 0; call < CALLS; call++) {
                        call(random, "seed " + seed);
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        leftOpen.forEach(Reservation::release);
        BudgetStatus all = budgets.status(NOW).get(0);
        assertThat(all.reservedUsd()).as("seed %d", seed).isEqualByComparingTo("0");
        assertThat(all.spentKnownUsd()).as("seed %d", seed).isEqualByComparingTo(pico(spent.get()));
        assertThat(budgets.status(NOW).stream()
                        .skip(1)
                        .map(BudgetStatus::spentKnownUsd)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("tenants, seed %d", seed)
                .isEqualByComparingTo(pico(spent.get()));
        assertThat(refused.get())
                .as("both answers must be met, seed %d", seed)
                .isBetween(1L, (long) THREADS * CALLS - 1);
    }

    /** Cost never exceeds the reservation, so that no sum may exceed its limit at any time. */
    private void call(Random random, String what) {
        int tenant = random.nextInt(3);
        CallContext context = CallContext.builder()
                .tenant("t" + tenant)
                .userId("u" + random.nextInt(200))
                .build();
        long amount = 1L + random.nextInt(50);
        Reservation made = budgets.tryReserve(context, amount, NOW);
        if (made.isRefused()) {
            refused.incrementAndGet();
            return;
        }
        assertThat(surelyTaken.get(tenant).addAndGet(amount)).as(what).isLessThanOrEqualTo(TENANT_LIMIT);
        assertThat(surelyTaken.get(3).addAndGet(amount)).as(what).isLessThanOrEqualTo(LIMIT);
        if (random.nextInt(1_000) == 0) {
            leftOpen.add(made);
            return;
        }
        long cost = random.nextInt(20) == 0 ? random.nextInt((int) amount + 1) : 0;
        surelyTaken.get(tenant).addAndGet(cost - amount);
        surelyTaken.get(3).addAndGet(cost - amount);
        spent.addAndGet(cost);
        made.settle(Cost.knownPicoUsd(cost));
        made.release();
    }

    private static String pico(long pico) {
        return BigDecimal.valueOf(pico, 12).toPlainString();
    }
}
