package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFlagsShareTest {

    private static final String SHARE = FeatureFlags.OLLAMA_PERCENTAGE;

    private final FeatureFlags flags =
            FeatureFlags.builder().environment(name -> null).build();

    /** Buckets of ollama_percentage in BucketingTest: user-1 9951, conceição 6563. */
    @ParameterizedTest
    @CsvSource({"user-1, 0.9951, false", "user-1, 0.9952, true", "conceição, 0.6563, false", "conceição, 0.6564, true"})
    void placesAUserByTheBucketOfFlagAndUser(String user, double share, boolean inside) {
        flags.set(SHARE, share);

        FlagEvaluation<Boolean> placed = flags.evaluateShare(SHARE, !inside, FlagContext.of(user));

        assertThat(placed.value()).isEqualTo(inside);
        assertThat(placed.reason()).isEqualTo(FlagReason.SPLIT);
        assertThat(placed.source()).isEqualTo(FlagSource.JAVA);
        assertThat(placed.detail()).isEmpty();
    }

    @Test
    void keepsAUserOnASideWhateverTheDraw() {
        for (int draw = 0; draw < 200; draw++) {
            FlagContext context = FlagContext.of("conceição").withDraw(draw);
            assertThat(flags.evaluateShare(SHARE, false, context).value()).isTrue();
        }
    }

    @Test
    void drawsPerRequestWithoutAUserAndSaysSo() {
        int inside = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            FlagEvaluation<Boolean> drawn =
                    flags.evaluateShare(SHARE, false, FlagContext.of(" ").withDraw(draw));
            assertThat(drawn.reason()).isEqualTo(FlagReason.SPLIT);
            assertThat(drawn.detail()).contains("drawn for this request alone: there is no user id to stay on a side");
            inside += drawn.value() ? 1 : 0;
        }
        // 0.8 with five standard deviations of 0.004.
        assertThat(inside).isBetween(7_800, 8_200);
    }

    @Test
    void doesNotHideARandomDraw() {
        FlagEvaluation<Boolean> undecided = flags.evaluateShare(SHARE, true, FlagContext.empty());

        assertThat(undecided.value()).isTrue();
        assertThat(undecided.reason()).isEqualTo(FlagReason.ERROR);
        assertThat(undecided.errorCode()).contains(FlagErrorCode.TARGETING_KEY_MISSING);
        assertThat(undecided.source()).isEqualTo(FlagSource.BUILT_IN);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void needsNobodyForAShareOfAllOrNothing(double share, boolean inside) {
        flags.set(SHARE, share);

        FlagEvaluation<Boolean> placed = flags.evaluateShare(SHARE, !inside, FlagContext.empty());

        assertThat(placed.value()).isEqualTo(inside);
        assertThat(placed.reason()).isEqualTo(FlagReason.STATIC);
    }

    @Test
    void refusesToSplitWhatIsNoShare() {
        FlagEvaluation<Boolean> switched = flags.evaluateShare(FeatureFlags.USE_OLLAMA, false, FlagContext.of("ana"));

        assertThat(switched.value()).isFalse();
        assertThat(switched.errorCode()).contains(FlagErrorCode.TYPE_MISMATCH);
        assertThat(switched.detail().orElseThrow()).contains("does not end in _percentage");
    }
}
