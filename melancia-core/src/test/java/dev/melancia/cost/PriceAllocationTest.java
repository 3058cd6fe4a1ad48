package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.melancia.provider.ModelId;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** What is asked on every call leaves no garbage behind but the answer. */
class PriceAllocationTest {

    private static final int CALLS = 50_000;
    private static final long NOW = Instant.parse("2025-11-19T12:00:00Z").toEpochMilli();

    /** A cost: a header of 12 or 16 bytes, a reference, a long, padding. */
    private static final long LARGEST_COST_BYTES = 32;

    @Test
    void askingAScheduleAllocatesNothing() {
        PriceSchedule one = PriceTable.shipped().schedule(ModelId.of("ollama/phi3:mini"));
        PriceSchedule two = PriceTable.shipped().schedule(ModelId.of("openai/gpt-4o-mini"));

        assertThat(bytesPerCall(one::at)).isZero();
        assertThat(bytesPerCall(two::at)).isZero();
    }

    @Test
    void chargingACallAllocatesItsCostAlone() {
        TokenPrice price = TokenPrice.usdPerMillionTokens("0.15", "0.60").withCachedInput("0.075");
        TokenCounts counts = TokenCounts.of(2_000, 100).withCachedInput(1_500);

        assertThat(bytesPerCall(any -> price.costOf(counts))).isLessThanOrEqualTo(LARGEST_COST_BYTES);
        assertThat(bytesPerCall(any -> TokenPrice.free().costOf(counts))).isZero();
    }

    /** Of the calling thread, rounded down: what the measurement itself allocates is less than a byte a call. */
    private static long bytesPerCall(LongFunction<Object> call) {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported(),
                "this JVM does not count what a thread allocates");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int answers = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            answers += call.apply(NOW + i) == null ? 0 : 1;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(answers).isEqualTo(CALLS);
        return bytes / CALLS;
    }
}
