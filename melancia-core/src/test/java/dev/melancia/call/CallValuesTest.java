package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallValuesTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");
    private static final byte[] KEY = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void aCallIdIsAUuidOfVersionSevenThatSortsByTime() {
        CallId earlier = CallId.of(1_700_000_000_000L, -1, -1);
        CallId later = CallId.of(1_700_000_000_001L, 0, 0);
        UUID uuid = UUID.fromString(earlier.toString());

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(earlier.toString()).isLessThan(later.toString());
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void aUserKeyIsStableUnderItsSecretAndDiffersUnderAnother() {
        UserKeys keys = UserKeys.withKey(KEY);

        assertThat(keys.keyOf("ana"))
                .isEqualTo(UserKeys.withKey(KEY.clone()).keyOf("ana"))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(keys.keyOf("bob"))
                .isNotEqualTo(UserKeys.ephemeral().keyOf("ana"));
        assertThat(keys).hasToString("UserKeys[***]");
    }

    /** RFC 4231, test case 2 has a shorter key than allowed here; this is HMAC-SHA256("0123456789abcdef", "ana"). */
    @Test
    void aUserKeyIsTheFirstHalfOfAnHmacSha256() throws Exception {
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(KEY, "HmacSHA256"));
        String whole = java.util.HexFormat.of()
                .formatHex(mac.doFinal("ana".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(whole).startsWith(UserKeys.withKey(KEY).keyOf("ana"));
    }

    @Test
    void aUserKeysSecretIsKeptFromLaterChangesAndNotTooShort() {
        byte[] key = KEY.clone();
        UserKeys keys = UserKeys.withKey(key);
        String before = keys.keyOf("ana");
        key[0]++;

        assertThat(keys.keyOf("ana")).isEqualTo(before);
        assertThatThrownBy(() -> UserKeys.withKey(new byte[15])).hasMessageContaining("at least 16 bytes, had 15");
    }

    @Test
    void aContextTravelsInRequestOptions() {
        CallContext context = CallContext.builder().userId("ana").build();

        assertThat(CallContext.from(context.asRequestOptions())).containsSame(context);
        assertThat(CallContext.from(ChatRequestOptions.EMPTY)).isEmpty();
    }

    @Test
    void aContextHoldsWhatItWasGivenAndPrintsNeitherUserNorQuestion() {
        CallContext context = CallContext.builder()
                .userId("SECRET")
                .tenant("SECRET")
                .question("SECRET")
                .conversationId("SECRET")
                .tier("premium")
                .promptVersion("answer@3")
                .forcedModel(MODEL)
                .tag("urgency", "low")
                .build();

        assertThat(context)
                .hasToString("CallContext[tier=premium, forcedModel=openai/gpt-4o-mini, promptVersion=answer@3]");
        assertThat(context.tags()).isEqualTo(Map.of("urgency", "low"));
        assertThat(CallContext.empty().userId()).isEmpty();
        assertThatThrownBy(() -> CallContext.builder().userId(" "))
                .hasMessage("userId must not be blank; leave it out when it is not known");
    }

    @Test
    void aPriceCeilingThatIsNoAmountIsRefusedByName() {
        assertThatThrownBy(() -> CallContext.builder().priceCeilingUsd("2 cents"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("priceCeilingUsd must be a decimal number of US dollars, was 2 cents");
        assertThatThrownBy(() -> CallContext.builder().priceCeilingUsd("-1"))
                .hasMessage("priceCeilingUsd must be at least 0, was -1");
        assertThatThrownBy(() -> CallContext.builder().priceCeilingUsd(null)).hasMessage("usd");
    }

    @Test
    void whatAnAttemptDoesNotKnowIsAbsent() {
        Attempt attempt = Attempt.builder(MODEL, Outcome.ANSWERED, 0, 5).build();

        assertThat(attempt.inputTokens()).isEmpty();
        assertThat(attempt.outputTokens()).isEmpty();
        assertThat(attempt.timeToFirstTokenNanos()).isEmpty();
        assertThat(attempt.errorType()).isEmpty();
        assertThat(attempt.cost()).isEqualTo(Cost.unknown());
        assertThatThrownBy(() -> Attempt.builder(MODEL, Outcome.ANSWERED, 0, -1))
                .hasMessage("durationNanos must be at least 0, was -1");
    }

    @Test
    void zeroTokensAreKnownToBeZero() {
        Attempt attempt = Attempt.builder(MODEL, Outcome.ANSWERED, 0, 5)
                .tokens(TokenCounts.of(-1, 0))
                .build();

        assertThat(attempt.outputTokens()).hasValue(0);
        assertThat(attempt.inputTokens()).isEmpty();
    }

    @Test
    void theCostOfACallIsKnownOnlyIfThatOfEveryAttemptIs() {
        Attempt known = Attempt.builder(MODEL, Outcome.ANSWERED, 10, 5)
                .cost(Cost.knownPicoUsd(7))
                .build();
        Attempt unknown = Attempt.builder(MODEL, Outcome.SERVER_ERROR, 0, 5).build();

        assertThat(record(known, known).cost()).isEqualTo(Cost.knownPicoUsd(14));
        assertThat(record(unknown, known).cost()).isEqualTo(Cost.unknown());
        assertThat(record().cost()).isEqualTo(Cost.zero());
    }

    @Test
    void theFirstPieceOfACallIsCountedFromTheCallsStart() {
        Attempt failed = Attempt.builder(MODEL, Outcome.SERVER_ERROR, 0, 100).build();
        Attempt answered = Attempt.builder(MODEL, Outcome.ANSWERED, 100, 50)
                .timeToFirstTokenNanos(20)
                .build();

        assertThat(record(failed, answered).timeToFirstTokenNanos()).hasValue(120);
        assertThat(record(failed).timeToFirstTokenNanos()).isEmpty();
    }

    private static CallRecord record(Attempt... attempts) {
        return CallRecord.builder(CallId.of(0, 0, 0), Outcome.ANSWERED, CallContext.empty(), UserKeys.ephemeral())
                .attempts(List.of(attempts))
                .build();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void onlyAnAnswerIsAnAnswer(Outcome outcome) {
        assertThat(outcome.isAnswer()).isEqualTo(outcome == Outcome.ANSWERED || outcome == Outcome.PROMPT_CUT);
    }
}
