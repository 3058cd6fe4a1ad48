package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserFeedbackTest {

    private static final CallId CALL = CallId.parse("019ad735-847b-7001-8000-000000000001");
    private static final Instant TIME = Instant.parse("2025-12-01T00:00:00.000123456Z");

    private static UserFeedback.Builder builder() {
        return UserFeedback.builder(CALL, TIME);
    }

    @Test
    void holdsWhatWasSaidAndNothingElse() {
        UserFeedback thumb = builder().thumbsUp(false).build();

        assertThat(thumb.call()).isEqualTo(CALL);
        assertThat(thumb.epochMicros()).isEqualTo(1_764_547_200_000_123L);
        assertThat(thumb.thumbsUp()).contains(false);
        assertThat(thumb.rating()).isEmpty();
        assertThat(thumb.comment()).isEmpty();
        assertThat(builder().rating(1).build().rating()).hasValue(1);
        assertThat(builder().comment("Bom").build().comment()).contains("Bom");
    }

    @Test
    void hidesTheCommentWhenPrinted() {
        assertThat(builder().rating(5).thumbsUp(true).comment("SECRET").build())
                .hasToString("UserFeedback[019ad735-847b-7001-8000-000000000001, rating=5, thumbs=up, comment=***]");
        assertThat(builder().rating(5).build()).asString().endsWith("thumbs=none, comment=none]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, -1})
    void refusesARatingOffTheScale(int stars) {
        assertThatThrownBy(() -> builder().rating(stars))
                .hasMessageContaining("rating must be in [1, 5], was " + stars);
    }

    @Test
    void refusesToSayNothing() {
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at least one of rating, thumb and comment");
        assertThatThrownBy(() -> builder().comment(" ")).hasMessageContaining("must not be blank");
    }

    @Test
    void refusesACommentThatFitsNoLineWithoutRepeatingIt() {
        assertThat(builder().comment("x".repeat(10_000)).build().comment()).isPresent();
        assertThatThrownBy(() -> builder().comment("SECRET".repeat(2_000)))
                .hasMessageContaining("had 12000")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void itsLineHasNoWordsUnlessContentIsCaptured() {
        UserFeedback full =
                builder().rating(4).thumbsUp(false).comment("Faltou \"preço\"").build();

        assertThat(CallRecordJson.line(full))
                .isEqualTo("{\"v\":1,\"feedback_for\":\"019ad735-847b-7001-8000-000000000001\","
                        + "\"at_us\":1764547200000123,\"rating\":4,\"thumbs\":\"down\",\"commented\":true}");
        assertThat(FeedbackJson.line(full, true)).endsWith("\"commented\":true,\"comment\":\"Faltou \\\"preço\\\"\"}");
        assertThat(CallRecordJson.line(builder().thumbsUp(true).build()))
                .endsWith("\"thumbs\":\"up\"}")
                .doesNotContain("rating");
    }

    @Test
    void aCallIdIsReadBack() {
        CallId id = CallId.of(1_764_547_200_123L, -1, -1);

        assertThat(CallId.parse(id.toString())).isEqualTo(id);
        assertThat(CallId.parse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "019ad735847b70018000000000000001", "019ad735-847b-7001-8000-00000000000g"})
    void whatIsNoCallIdIsRefused(String text) {
        assertThatThrownBy(() -> CallId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("call id must be a UUID of 36 characters")
                .hasMessageContaining("was \"" + text + "\"");
        assertThatThrownBy(() -> CallId.parse("x".repeat(9_999)))
                .hasMessageContaining("x…")
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void aListenerThatIsALambdaHearsNoFeedback() {
        CallListener listener = record -> {
            throw new AssertionError("no call was made");
        };

        listener.onFeedback(builder().rating(1).build());
    }
}
