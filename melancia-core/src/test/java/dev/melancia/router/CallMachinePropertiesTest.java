package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Outcome;
import dev.melancia.router.CallMachine.Action;
import dev.melancia.router.CallMachine.Step;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Simulated calls with a clock of their own: random outcomes at random times, blocking and streaming. */
class CallMachinePropertiesTest {

    private static final int CALLS = 50_000;
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Set<Outcome> CALLERS_OWN = Set.of(
            Outcome.INVALID_REQUEST,
            Outcome.CONTENT_FILTERED,
            Outcome.CANCELLED,
            Outcome.INTERRUPTED,
            Outcome.REJECTED);
    private static final Set<Outcome> REFUSALS = Set.of(Outcome.RATE_LIMITED, Outcome.OVERLOADED, Outcome.UNREACHABLE);

    @Test
    void everyCallEndsOnceWithinItsCandidatesAndItsDeadline() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int call = 0; call < CALLS; call++) {
            simulate(random, "seed " + seed + " call " + call);
        }
    }

    private static void simulate(Random random, String what) {
        int candidates = 1 + random.nextInt(5);
        long start = random.nextLong();
        long limit = 1L + random.nextInt(2_000_000_000);
        CallMachine machine = new CallMachine(candidates, start + limit);
        long elapsed = 0;
        int attempts = 0;
        int position = 0;
        int retries = 0;
        Step step = machine.start();
        while (step.action() == Action.CALL) {
            elapsed += step.delayNanos();
            attempts++;
            assertThat(elapsed).as(what).isLessThan(limit);
            assertThat(step.state().position())
                    .as(what)
                    .isBetween(position, position + 1)
                    .isLessThan(candidates);
            position = step.state().position();
            boolean pieces = random.nextInt(4) == 0;
            CallMachine.State state = pieces ? machine.onPiece(step.state()) : step.state();
            Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
            elapsed += random.nextInt(400_000_000);
            step = machine.onOutcome(state, outcome, start + elapsed);
            assertThat(step.action() == Action.DELIVER).as(what).isEqualTo(outcome == Outcome.ANSWERED);
            if (step.action() == Action.CALL) {
                assertThat(pieces).as(what).isFalse();
                assertThat(CALLERS_OWN).as(what).doesNotContain(outcome);
                boolean again = step.state().position() == position;
                retries += again ? 1 : 0;
                assertThat(again).as(what).isEqualTo(position == candidates - 1);
                assertThat(!again || REFUSALS.contains(outcome)).as(what).isTrue();
            }
        }
        assertThat(retries).as(what).isLessThanOrEqualTo(1);
        assertThat(attempts).as(what).isLessThanOrEqualTo(candidates + 1);
    }
}
