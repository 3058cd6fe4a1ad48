package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Outcome;
import dev.melancia.router.CallMachine.Action;
import dev.melancia.router.CallMachine.Ending;
import dev.melancia.router.CallMachine.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        int[] windows = random.ints(1 + random.nextInt(5), 1, 4)
                .map(w -> w == 3 ? Integer.MAX_VALUE : w)
                .toArray();
        long start = random.nextLong();
        long limit = 1L + random.nextInt(2_000_000_000);
        CallMachine machine = new CallMachine(
                new Line(Arrays.stream(windows).boxed().toList()), start + limit, RetrySettings.defaults());
        long elapsed = 0;
        int begun = 0;
        int retries = 0;
        List<Integer> running = new ArrayList<>();
        Step step = machine.start();
        while (step.action() == Action.CALL || step.action() == Action.WAIT) {
            if (step.action() == Action.CALL) {
                elapsed += step.delayNanos();
                begun++;
                assertThat(elapsed).as(what).isLessThan(limit);
                running.add(step.state().position());
                assertThat(step.state().position()).as(what).isLessThan(windows.length);
            }
            assertThat(step.state().running())
                    .as(what)
                    .isEqualTo(running.size())
                    .isBetween(1, 2);
            elapsed += random.nextInt(400_000_000);
            Step slow = machine.onSlow(step.state(), start + elapsed);
            if (random.nextInt(3) == 0 && slow.action() == Action.CALL) {
                step = slow;
                continue;
            }
            CallMachine.State state = random.nextInt(4) == 0 ? machine.onPiece(step.state()) : step.state();
            if (state.delivering()) {
                running.subList(0, running.size() - 1).clear();
            }
            Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
            int position = running.remove(random.nextInt(running.size()));
            Ending ending = new Ending(position, outcome, random.nextInt(1_000_000_000), random.nextLong());
            Step next = machine.onEnd(state, ending, start + elapsed);
            if (next.action() == Action.CALL) {
                assertThat(state.delivering()).as(what).isFalse();
                assertThat(running).as(what).isEmpty();
                assertThat(CALLERS_OWN).as(what).doesNotContain(outcome);
                retries += next.isRetry() ? 1 : 0;
                assertThat(!next.isRetry() || REFUSALS.contains(outcome))
                        .as(what)
                        .isTrue();
                assertThat(windows[next.state().position()])
                        .as(what)
                        .isGreaterThan(next.isRetry() ? 0 : next.state().window());
            } else if (next.action() == Action.DELIVER) {
                assertThat(outcome.isAnswer()).as(what).isTrue();
            }
            step = next;
        }
        assertThat(retries).as(what).isLessThanOrEqualTo(1);
        assertThat(begun).as(what).isLessThanOrEqualTo(windows.length + 1);
    }

    private record Line(List<Integer> windows) implements CallMachine.Candidates {
        @Override
        public int size() {
            return windows.size();
        }

        @Override
        public int window(int position) {
            return windows.get(position);
        }

        @Override
        public boolean endWithTheBudget() {
            return false;
        }
    }
}
