package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a hedge the attempt that answered may stand anywhere, and may be the hedge or the one it was to help. */
class HedgedRecordTest {

    private static final ModelId FAST = ModelId.of("openai/fast");
    private static final ModelId SLOW = ModelId.of("openai/slow");

    private static Attempt winner(boolean hedge) {
        return Attempt.builder(FAST, Outcome.ANSWERED, 100, 50)
                .hedge(hedge)
                .timeToFirstTokenNanos(20)
                .tokens(TokenCounts.of(3, 4))
                .cost(Cost.knownPicoUsd(7))
                .build();
    }

    private static Attempt loser(boolean hedge, Cost cost) {
        return Attempt.builder(SLOW, Outcome.CANCELLED, 10, 140)
                .hedge(hedge)
                .timeToFirstTokenNanos(5)
                .tokens(TokenCounts.of(300, 400))
                .cost(cost)
                .build();
    }

    private static CallRecord record(Outcome outcome, Attempt... attempts) {
        return CallRecord.builder(CallId.of(0, 0, 0), outcome, CallContext.empty(), UserKeys.ephemeral())
                .attempts(List.of(attempts))
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theModelThatAnsweredIsThatOfTheAttemptThatAnswered(boolean hedgeWon) {
        Attempt winner = winner(hedgeWon);
        Attempt loser = loser(!hedgeWon, Cost.unknown());

        for (CallRecord record :
                List.of(record(Outcome.ANSWERED, winner, loser), record(Outcome.ANSWERED, loser, winner))) {
            assertThat(record.answeringAttempt()).containsSame(winner);
            assertThat(record.answeredBy()).contains(FAST);
            assertThat(record.inputTokens()).hasValue(3);
            assertThat(record.outputTokens()).hasValue(4);
            assertThat(record.timeToFirstTokenNanos()).hasValue(120);
        }
    }

    @Test
    void costsOfAllAttemptsAreSummedAndKeptApartByKind() {
        Cost guess = new Cost(Cost.Kind.ESTIMATED, 5);
        CallRecord estimated = record(Outcome.ANSWERED, winner(true), loser(false, guess));
        CallRecord unknown = record(Outcome.ANSWERED, winner(true), loser(false, guess), loser(false, Cost.unknown()));

        assertThat(estimated.cost()).isEqualTo(new Cost(Cost.Kind.ESTIMATED, 12));
        assertThat(unknown.cost()).isEqualTo(Cost.unknown());
        for (CallRecord record : List.of(estimated, unknown)) {
            assertThat(record.knownCost()).isEqualTo(Cost.knownPicoUsd(7));
            assertThat(record.estimatedCost()).isEqualTo(guess);
        }
        assertThat(record(Outcome.TIMEOUT).estimatedCost()).isEqualTo(Cost.zero());
    }

    @Test
    void anAnswerToACutPromptIsNotTheHostsWhereAnotherCameAfterIt() {
        Attempt cut = Attempt.builder(SLOW, Outcome.PROMPT_CUT, 0, 90)
                .tokens(TokenCounts.of(256, 4))
                .build();

        CallRecord whole = record(Outcome.ANSWERED, cut, winner(false));
        assertThat(whole.answeredBy()).contains(FAST);
        assertThat(whole.inputTokens()).hasValue(3);
        assertThat(record(Outcome.PROMPT_CUT, cut).answeredBy()).contains(SLOW);
    }

    @Test
    void aCallThatNobodyAnsweredHasNeitherModelNorTokens() {
        CallRecord record = record(Outcome.TIMEOUT, loser(false, Cost.unknown()));

        assertThat(record.answeringAttempt()).isEmpty();
        assertThat(record.answeredBy()).isEmpty();
        assertThat(record.inputTokens()).isEmpty();
        assertThat(record.outputTokens()).isEmpty();
        assertThat(record.timeToFirstTokenNanos()).hasValue(15);
    }

    @Test
    void anAnswerThatTheHostDidNotGetIsNone() {
        CallRecord record = record(Outcome.CANCELLED, winner(false));

        assertThat(record.answeredBy()).isEmpty();
        assertThat(record.knownCost()).isEqualTo(Cost.knownPicoUsd(7));
    }
}
