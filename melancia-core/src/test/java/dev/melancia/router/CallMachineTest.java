package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Outcome;
import dev.melancia.router.CallMachine.Action;
import dev.melancia.router.CallMachine.Ending;
import dev.melancia.router.CallMachine.State;
import dev.melancia.router.CallMachine.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CallMachineTest {

    private static final long DEADLINE = SECONDS.toNanos(360);

    private static final RetrySettings RETRIES = RetrySettings.defaults();
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final CallMachine machine = machine(UNKNOWN, UNKNOWN);
    private final State first = machine.start().state();
    private final State last = new State(1, 0, 1, false, 0, false);

    private static CallMachine machine(Integer... windows) {
        return new CallMachine(new Windows(List.of(windows), false), DEADLINE, RETRIES);
    }

    private static Ending first(Outcome outcome) {
        return Ending.of(0, outcome);
    }

    private static Ending last(Outcome outcome) {
        return Ending.of(1, outcome);
    }

    private record Windows(List<Integer> windows, boolean endWithTheBudget) implements CallMachine.Candidates {
        @Override
        public int size() {
            return windows.size();
        }

        @Override
        public int window(int position) {
            return windows.get(position);
        }
    }

    @Test
    void beginsWithTheFirstCandidateAtOnce() {
        assertThat(machine.start()).isEqualTo(new Step(new State(0, 0, 1, false, 0, false), Action.CALL, 0));
    }

    @Test
    void deliversAnAnswerEvenAfterTheDeadline() {
        assertThat(machine.onEnd(first, first(Outcome.ANSWERED), DEADLINE + 1).action())
                .isEqualTo(Action.DELIVER);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTENT_FILTERED", "CANCELLED", "INTERRUPTED", "REJECTED"})
    void givesUpWhereNoOtherModelWouldDoBetter(Outcome outcome) {
        assertThat(machine.onEnd(first, first(outcome), 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "ANSWERED",
                "PROMPT_CUT",
                "INVALID_REQUEST",
                "CONTENT_FILTERED",
                "CANCELLED",
                "INTERRUPTED",
                "REJECTED"
            })
    void goesToTheNextCandidateAtOnceOnAnyOtherFailure(Outcome outcome) {
        assertThat(machine.onEnd(first, first(outcome), 0)).isEqualTo(new Step(last, Action.CALL, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "UNREACHABLE"})
    void triesARefusalByTheLastCandidateOnceMoreAfterAPause(Outcome refusal) {
        State again = new State(1, 1, 1, false, 0, false);
        Ending drawn = new Ending(1, refusal, 0, 123_456_789);

        assertThat(machine.onEnd(last, drawn, 0)).isEqualTo(new Step(again, Action.CALL, 123_456_789));
        assertThat(machine.onEnd(again, last(refusal), 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ANSWERED", "PROMPT_CUT", "RATE_LIMITED", "OVERLOADED", "UNREACHABLE"})
    void givesUpOnAnyOtherFailureOfTheLastCandidate(Outcome outcome) {
        assertThat(machine.onEnd(last, last(outcome), 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void triesNothingAtOrPastTheDeadline() {
        assertThat(machine.onEnd(first, first(Outcome.TIMEOUT), DEADLINE - 1).action())
                .isEqualTo(Action.CALL);
        assertThat(machine.onEnd(first, first(Outcome.TIMEOUT), DEADLINE).action())
                .isEqualTo(Action.GIVE_UP);
        assertThat(machine.onEnd(last, new Ending(1, Outcome.RATE_LIMITED, 250, 0), DEADLINE - 250)
                        .action())
                .isEqualTo(Action.GIVE_UP);
    }

    @Test
    void triesNothingOnceAPieceReachedTheHost() {
        State delivering = machine.onPiece(first);

        assertThat(machine.onPiece(delivering)).isSameAs(delivering);
        assertThat(machine.onEnd(delivering, first(Outcome.BROKEN_OFF), 0).action())
                .isEqualTo(Action.GIVE_UP);
        assertThat(machine.onEnd(delivering, first(Outcome.ANSWERED), 0).action())
                .isEqualTo(Action.DELIVER);
    }

    @Test
    void anAttemptMayTakeItsLimitButNoMoreThanIsLeftOfTheCall() {
        assertThat(machine.limitNanos(SECONDS.toNanos(180), 0)).isEqualTo(SECONDS.toNanos(180));
        assertThat(machine.limitNanos(SECONDS.toNanos(180), DEADLINE - 5)).isEqualTo(5);
        assertThat(machine.limitNanos(SECONDS.toNanos(180), DEADLINE + 5)).isZero();
    }

    @Test
    void aTickerThatWrapsAroundDoesNoHarm() {
        long start = Long.MAX_VALUE - 10;
        CallMachine wrapping = new CallMachine(new Windows(List.of(UNKNOWN, UNKNOWN), false), start + 100, RETRIES);

        assertThat(wrapping.limitNanos(1_000, start)).isEqualTo(100);
        assertThat(wrapping.onEnd(first, first(Outcome.TIMEOUT), start + 50).action())
                .isEqualTo(Action.CALL);
        assertThat(wrapping.onEnd(first, first(Outcome.TIMEOUT), start + 100).action())
                .isEqualTo(Action.GIVE_UP);
    }

    @Test
    void waitsAsLongAsTheServerAskedForUnlessThatIsTooLong() {
        Ending asked = new Ending(1, Outcome.RATE_LIMITED, SECONDS.toNanos(7), 5);
        Ending tooLong = new Ending(1, Outcome.RATE_LIMITED, SECONDS.toNanos(31), 5);

        assertThat(machine.onEnd(last, asked, 0).delayNanos()).isEqualTo(SECONDS.toNanos(7));
        assertThat(machine.onEnd(last, tooLong, 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void aPromptThatDidNotFitGoesToTheNextCandidateThatMayHoldMore() {
        CallMachine windows = machine(2_048, 2_048, 1_024, 8_192);

        Step step = windows.onEnd(first, Ending.of(0, Outcome.CONTEXT_TOO_LONG), 0);
        assertThat(step).isEqualTo(new Step(new State(3, 0, 1, false, 2_048, false), Action.CALL, 0));
        assertThat(windows.onEnd(step.state(), Ending.of(3, Outcome.CONTEXT_TOO_LONG), 0)
                        .action())
                .isEqualTo(Action.GIVE_UP);
    }

    @Test
    void anAnswerToAPromptThatWasCutIsDeliveredWhereNoLargerWindowIsLeft() {
        Ending cut = Ending.of(0, Outcome.PROMPT_CUT);

        assertThat(machine(2_048, 8_192).onEnd(first, cut, 0).action()).isEqualTo(Action.CALL);
        assertThat(machine(2_048, 2_048).onEnd(first, cut, 0).action()).isEqualTo(Action.DELIVER);
    }

    @Test
    void asksOneSecondCandidateBesideASlowOneAndThenWaitsForWhoeverIsLeft() {
        CallMachine three = machine(UNKNOWN, UNKNOWN, UNKNOWN);
        Step hedge = three.onSlow(first, 0);

        assertThat(hedge).isEqualTo(new Step(new State(1, 0, 2, true, 0, false), Action.CALL, 0));
        assertThat(three.onSlow(hedge.state(), 0).action()).isEqualTo(Action.WAIT);
        Step oneLeft = three.onEnd(hedge.state(), Ending.of(0, Outcome.SERVER_ERROR), 0);
        assertThat(oneLeft.action()).isEqualTo(Action.WAIT);
        assertThat(three.onSlow(oneLeft.state(), 0).action()).isEqualTo(Action.WAIT);
        assertThat(three.onEnd(oneLeft.state(), Ending.of(1, Outcome.TIMEOUT), 0))
                .isEqualTo(new Step(new State(2, 0, 1, true, 0, false), Action.CALL, 0));
    }

    @Test
    void hedgesNeitherTheLastCandidateNorAStreamThatIsHeardNorPastTheDeadline() {
        assertThat(machine.onSlow(last, 0).action()).isEqualTo(Action.WAIT);
        assertThat(machine.onSlow(machine.onPiece(first), 0).action()).isEqualTo(Action.WAIT);
        assertThat(machine.onSlow(first, DEADLINE).action()).isEqualTo(Action.WAIT);
    }

    @Test
    void aSpentBudgetEndsTheCallOnlyWhereThePolicySaysSo() {
        CallMachine strict = new CallMachine(new Windows(List.of(UNKNOWN, UNKNOWN), true), DEADLINE, RETRIES);

        assertThat(machine.onEnd(first, first(Outcome.BUDGET_SPENT), 0).action())
                .isEqualTo(Action.CALL);
        assertThat(strict.onEnd(first, first(Outcome.BUDGET_SPENT), 0).action()).isEqualTo(Action.GIVE_UP);
    }
}
