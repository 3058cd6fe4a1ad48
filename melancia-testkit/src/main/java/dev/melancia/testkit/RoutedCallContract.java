package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.TimeoutException;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.AllModelsFailedException;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are answered in one piece, by a router whose first model fails. */
abstract class RoutedCallContract extends RoutedFixture {

    @ParameterizedTest
    @EnumSource(RoutedFault.class)
    public final void answersOrFailsOnceWhenTheFirstModelFails(RoutedFault fault) {
        try (FaultyServer first = FaultyServer.with(fault, wireFormat());
                ModelRouter router = router(first.address(), limits(fault))) {
            if (fault.endsTheCall()) {
                Throwable error = catchThrowable(() -> router.chatModel().chat(question()));
                assertOneClearError(error);
                assertEnded(fault.outcomes());
            } else {
                assertThat(router.chatModel().chat(question()).aiMessage().text())
                        .isEqualTo(ANSWER);
                assertFellBack(fault.outcomes(), fault.costsNothing());
            }
            assertNothingRuns(router);
            assertThat(first.requests()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    public final void reportsTokensThatTheServerLeftOutAsUnknown() {
        try (LoopbackServer first = LoopbackServer.replying(wireFormat().answer("first", null));
                ModelRouter router = router(first.address(), PATIENT)) {
            assertThat(router.chatModel().chat(question()).aiMessage().text()).isEqualTo("first");

            assertAnsweredByFirstWithoutTokens();
            assertNothingRuns(router);
        }
    }

    @Test
    public final void endsACallAtItsOwnLimitWithoutAskingAnotherModel() {
        try (LoopbackServer first = LoopbackServer.replying(Reply.silence());
                ModelRouter router = router(first.address(), PATIENT.withCall(LIMIT))) {
            assertThat(catchThrowable(() -> router.chatModel().chat(question())))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining(firstId().toString());

            assertEnded(Set.of(Outcome.TIMEOUT));
            assertNothingRuns(router);
        }
    }

    @Test
    public final void triesTheLastModelAgainNoSoonerThanItsServerAsked() {
        try (LoopbackServer only = busyAtFirst("1");
                ModelRouter router = alone(only, Set.of())) {
            assertThat(router.chatModel().chat(question()).aiMessage().text()).isEqualTo("now");

            assertPausedBetweenTwoAttempts();
            assertNothingRuns(router);
        }
    }

    @Test
    public final void doesNotWaitForAServerThatAsksForTooMuch() {
        try (LoopbackServer only = busyAtFirst("3600");
                ModelRouter router = alone(only, Set.of())) {
            assertOneClearError(catchThrowable(() -> router.chatModel().chat(question())));

            assertEnded(Set.of(Outcome.RATE_LIMITED));
            assertNothingRuns(router);
        }
    }

    @Test
    public final void tellsAllAttemptsWhenEveryModelFails() {
        second().close();
        try (LoopbackServer first = LoopbackServer.replying(wireFormat().error(500, "scripted"));
                ModelRouter router = router(first.address(), PATIENT)) {
            Throwable error = catchThrowable(() -> router.chatModel().chat(question()));

            assertThat(error).isInstanceOf(AllModelsFailedException.class).hasMessageNotContaining(KEY);
            // The last candidate refuses the connection, so it is asked once more.
            CallRecord record = record();
            assertThat(record.attempts())
                    .extracting(attempt -> attempt.outcome())
                    .containsExactly(Outcome.SERVER_ERROR, Outcome.UNREACHABLE, Outcome.UNREACHABLE);
            assertThat(record.answeredBy()).isEmpty();
            assertThat(record.inputTokens()).isEmpty();
            assertNothingRuns(router);
        }
    }

    static CallLimits limits(RoutedFault fault) {
        return fault.hangs() ? PATIENT.withAttempt(LIMIT).withFirstToken(LIMIT) : PATIENT;
    }

    /** The only attempt's own error, unchanged, without the key or the question. */
    static void assertOneClearError(Throwable error) {
        assertThat(error).isNotNull().isNotInstanceOf(AllModelsFailedException.class);
        assertThat(error.toString()).isNotBlank().doesNotContain(KEY, QUESTION);
    }
}
