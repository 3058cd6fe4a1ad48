package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.melancia.call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

    /** Schedules after which everything was seen that may be seen. */
    private static final int ENOUGH = 10_000;

    private static final List<String> RARE = List.of(
            "call INTERRUPTED",
            "call PROMPT_CUT",
            "call REJECTED",
            "stream CANCELLED",
            "stream PROMPT_CUT",
            "stream TRUNCATED",
            "fallback",
            "retry",
            "hedge ANSWERED",
            "hedge CANCELLED",
            "hedge INTERRUPTED",
            "served after a wait",
            "answer in the last moment",
            "rejection failed too often and is left alone for a while",
            "rejection asked to be left alone for another PT");

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
        int schedules = SEED == null ? SCHEDULES : 1;
        try (SimulatedWorld.Theatre theatre = new SimulatedWorld.Theatre()) {
            for (int i = 0; i < schedules; i++) {
                long seed = first + i;
                int before = i;
                assertThat(Simulation.violations(seed, theatre, null))
                        .as(() -> "after " + before + " sound schedules, -Dsimulation.seed=" + seed
                                + " plays it again:\n" + String.join("\n", trace(seed, theatre)))
                        .isEmpty();
            }
            if (schedules >= ENOUGH) {
                everythingWasSeen(theatre.sightings());
            }
        }
    }

    private static void everythingWasSeen(Sightings sightings) {
        Stream<String> attempts = Stream.of(Outcome.values())
                .filter(outcome -> outcome != Outcome.REJECTED)
                .map(outcome -> "attempt " + outcome);
        assertThat(Stream.concat(attempts, RARE.stream()))
                .as(sightings::toString)
                .allSatisfy(what -> assertThat(sightings.of(what)).as(what).isPositive());
    }

    @Test
    void aSeedPlaysTheSameScheduleEachTime() {
        long first = new Random().nextLong();
        try (SimulatedWorld.Theatre theatre = new SimulatedWorld.Theatre()) {
            for (long seed = first; seed < first + PLAYED_TWICE; seed++) {
                List<String> trace = trace(seed, theatre);
                assertThat(trace)
                        .as("seed " + seed)
                        .isEqualTo(trace(seed, theatre))
                        .hasSizeGreaterThan(5);
            }
        }
    }

    private static List<String> trace(long seed, SimulatedWorld.Theatre theatre) {
        List<String> trace = new ArrayList<>();
        List<String> unused = Simulation.violations(seed, theatre, trace);
        return trace;
    }
}
