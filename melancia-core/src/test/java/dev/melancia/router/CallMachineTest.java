package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Outcome;
import dev.melancia.router.CallMachine.Action;
import dev.melancia.router.CallMachine.State;
import dev.melancia.router.CallMachine.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CallMachineTest {

    private static final long DEADLINE = SECONDS.toNanos(360);

    private final CallMachine machine = new CallMachine(2, DEADLINE);
    private final State first = machine.start().state();
    private final State last = new State(1, 0, false);

    @Test
    void beginsWithTheFirstCandidateAtOnce() {
        assertThat(machine.start()).isEqualTo(new Step(new State(0, 0, false), Action.CALL, 0));
    }

    @Test
    void deliversAnAnswerEvenAfterTheDeadline() {
        assertThat(machine.onOutcome(first, Outcome.ANSWERED, DEADLINE + 1).action())
                .isEqualTo(Action.DELIVER);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTENT_FILTERED", "CANCELLED", "INTERRUPTED", "REJECTED"})
    void givesUpWhereNoOtherModelWouldDoBetter(Outcome outcome) {
        assertThat(machine.onOutcome(first, outcome, 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ANSWERED", "INVALID_REQUEST", "CONTENT_FILTERED", "CANCELLED", "INTERRUPTED", "REJECTED"})
    void goesToTheNextCandidateAtOnceOnAnyOtherFailure(Outcome outcome) {
        assertThat(machine.onOutcome(first, outcome, 0)).isEqualTo(new Step(last, Action.CALL, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "UNREACHABLE"})
    void triesARefusalByTheLastCandidateOnceMoreAfterAPause(Outcome refusal) {
        State again = new State(1, 1, false);

        assertThat(machine.onOutcome(last, refusal, 0))
                .isEqualTo(new Step(again, Action.CALL, CallMachine.RETRY_DELAY_NANOS));
        assertThat(machine.onOutcome(again, refusal, 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ANSWERED", "RATE_LIMITED", "OVERLOADED", "UNREACHABLE"})
    void givesUpOnAnyOtherFailureOfTheLastCandidate(Outcome outcome) {
        assertThat(machine.onOutcome(last, outcome, 0).action()).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void triesNothingAtOrPastTheDeadline() {
        assertThat(machine.onOutcome(first, Outcome.TIMEOUT, DEADLINE - 1).action())
                .isEqualTo(Action.CALL);
        assertThat(machine.onOutcome(first, Outcome.TIMEOUT, DEADLINE).action()).isEqualTo(Action.GIVE_UP);
        assertThat(machine.onOutcome(last, Outcome.RATE_LIMITED, DEADLINE - CallMachine.RETRY_DELAY_NANOS)
                        .action())
                .isEqualTo(Action.GIVE_UP);
    }

    @Test
    void triesNothingOnceAPieceReachedTheHost() {
        State delivering = machine.onPiece(first);

        assertThat(machine.onPiece(delivering)).isSameAs(delivering);
        assertThat(machine.onOutcome(delivering, Outcome.BROKEN_OFF, 0).action())
                .isEqualTo(Action.GIVE_UP);
        assertThat(machine.onOutcome(delivering, Outcome.ANSWERED, 0).action()).isEqualTo(Action.DELIVER);
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
        CallMachine wrapping = new CallMachine(2, start + 100);

        assertThat(wrapping.limitNanos(1_000, start)).isEqualTo(100);
        assertThat(wrapping.onOutcome(first, Outcome.TIMEOUT, start + 50).action())
                .isEqualTo(Action.CALL);
        assertThat(wrapping.onOutcome(first, Outcome.TIMEOUT, start + 100).action())
                .isEqualTo(Action.GIVE_UP);
    }
}
