package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The whole router on a virtual clock, in schedules drawn from seeds. A failure names its seed and tells what happened;
 * {@code -Dsimulation.seed=} plays it again, {@code -Dsimulation.schedules=} plays more than the usual ones.
 */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 10_000);
    private static final Long SEED = Long.getLong("simulation.seed");
    private static final int PLAYED_TWICE = 200;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("dev.melancia.router");

    @BeforeAll
    static void quiet() {
        LOGGER.setLevel(Level.OFF); // broken hosts are reported, thousands of them
    }

    @AfterAll
    static void asBefore() {
        LOGGER.setLevel(null);
    }

    @Test
    void everyScheduleKeepsWhatTheRouterPromises() {
        long first = SEED == null ? new Random().nextLong() : SEED;
        try (SimulatedThread.Pool pool = new SimulatedThread.Pool()) {
            for (int i = 0; i < (SEED == null ? SCHEDULES : 1); i++) {
                long seed = first + i;
                List<String> violations = Simulation.violations(seed, pool, null);
                assertThat(violations)
                        .as(() -> "after " + i(seed, first) + " schedules; play it again with -Dsimulation.seed=" + seed
                                + "\n" + String.join("\n", trace(seed, pool)))
                        .isEmpty();
            }
        }
    }

    @Test
    void aSeedPlaysTheSameScheduleEachTime() {
        long first = new Random().nextLong();
        try (SimulatedThread.Pool pool = new SimulatedThread.Pool()) {
            for (long seed = first; seed < first + PLAYED_TWICE; seed++) {
                List<String> trace = trace(seed, pool);
                assertThat(trace)
                        .as("seed " + seed)
                        .isEqualTo(trace(seed, pool))
                        .hasSizeGreaterThan(5);
            }
        }
    }

    private static long i(long seed, long first) {
        return seed - first + 1;
    }

    private static List<String> trace(long seed, SimulatedThread.Pool pool) {
        List<String> trace = new ArrayList<>();
        List<String> unused = Simulation.violations(seed, pool, trace);
        return trace;
    }
}
