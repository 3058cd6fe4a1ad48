package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureFlagsTest {

    private static final FlagContext NOBODY = FlagContext.empty();
    private static final FlagContext ANA = FlagContext.of("ana");

    private final Map<String, String> environment = new HashMap<>();

    private FeatureFlags flags() {
        return FeatureFlags.builder().environment(environment::get).build();
    }

    @Test
    void knowsTheFiveFlagsOfTheSeedWithTheirDefaults() {
        FeatureFlags flags = flags();

        assertThat(flags.keys())
                .containsExactly(
                        "a_b_test_active", "enable_caching", "enable_monitoring", "ollama_percentage", "use_ollama");
        for (String key : new String[] {"a_b_test_active", "enable_caching", "enable_monitoring", "use_ollama"}) {
            FlagEvaluation<Boolean> seed = flags.evaluateBoolean(key, false, NOBODY);
            assertThat(seed.value()).isTrue();
            assertThat(seed.reason()).isEqualTo(FlagReason.DEFAULT);
            assertThat(seed.source()).isEqualTo(FlagSource.BUILT_IN);
        }
        assertThat(flags.evaluateDouble("ollama_percentage", 0, NOBODY).value()).isEqualTo(0.8);
    }

    @Test
    void givesTheDefaultOfTheCallerForAFlagNobodyKnows() {
        FlagEvaluation<String> unknown = flags().evaluateString("use_olama", "fallback", ANA);

        assertThat(unknown.value()).isEqualTo("fallback");
        assertThat(unknown.reason()).isEqualTo(FlagReason.ERROR);
        assertThat(unknown.errorCode()).contains(FlagErrorCode.FLAG_NOT_FOUND);
        assertThat(unknown.source()).isEqualTo(FlagSource.CALLER);
        assertThat(unknown.detail()).contains("no source knows flag \"use_olama\"");
        assertThat(unknown.variant()).isEmpty();
        assertThat(unknown)
                .hasToString(
                        "use_olama=fallback (ERROR, CALLER, FLAG_NOT_FOUND:" + " no source knows flag \"use_olama\")");
        assertThat(flags().evaluateShare("use_olama", true, ANA).errorCode()).contains(FlagErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    void givesTheDefaultOfTheCallerForAnotherType() {
        FeatureFlags flags = FeatureFlags.builder()
                .environment(environment::get)
                .declare("top_k", 3)
                .declare("tone", "warm")
                .build();

        assertThat(flags.evaluateString("use_ollama", "x", NOBODY).errorCode()).contains(FlagErrorCode.TYPE_MISMATCH);
        assertThat(flags.evaluateBoolean("top_k", true, NOBODY).value()).isTrue();
        assertThat(flags.evaluateDouble("tone", 0.5, NOBODY).value()).isEqualTo(0.5);
        assertThat(flags.evaluateLong("top_k", 0, NOBODY).value()).isEqualTo(3);
        assertThat(flags.evaluateDouble("top_k", 0, NOBODY).value()).isEqualTo(3);
        FlagEvaluation<Long> lossy = flags.evaluateLong("ollama_percentage", 7, NOBODY);
        assertThat(lossy.value()).isEqualTo(7);
        assertThat(lossy.detail())
                .contains("flag \"ollama_percentage\" is a number with the value 0.8, which is no Long");
    }

    @Test
    void neverThrowsEvenForNull() {
        FeatureFlags flags = flags();

        assertThat(flags.evaluateBoolean(null, true, NOBODY).errorCode()).contains(FlagErrorCode.GENERAL);
        assertThat(flags.evaluateShare("ollama_percentage", true, null).errorCode())
                .contains(FlagErrorCode.GENERAL);
        assertThat(flags.evaluateShare("ollama_percentage", true, null).value()).isTrue();
    }

    @Test
    void asksJavaBeforeTheEnvironmentBeforeTheBuiltInDefault() {
        environment.put("MELANCIA_FLAG_USE_OLLAMA", " FALSE ");
        FeatureFlags flags = flags();

        assertThat(flags.evaluateBoolean("use_ollama", true, ANA))
                .hasToString("use_ollama=false (STATIC, ENVIRONMENT)");
        flags.set("use_ollama", true);
        assertThat(flags.evaluateBoolean("use_ollama", false, ANA)).hasToString("use_ollama=true (STATIC, JAVA)");
        flags.clear("use_ollama");
        assertThat(flags.evaluateBoolean("use_ollama", true, ANA).source()).isEqualTo(FlagSource.ENVIRONMENT);
        flags.clear("never_set");
    }

    @Test
    void readsTheEnvironmentAtTheStartAndOnReloadOnly() {
        FeatureFlags flags = flags();
        environment.put("MELANCIA_FLAG_ENABLE_CACHING", "false");
        flags.set("use_ollama", false);
        assertThat(flags.evaluateBoolean("enable_caching", false, ANA).value()).isTrue();

        FlagReload reload = flags.reload();

        assertThat(reload.applied()).isTrue();
        assertThat(reload.changed()).containsExactly("enable_caching");
        assertThat(flags.evaluateBoolean("enable_caching", true, ANA).value()).isFalse();
        assertThat(flags.evaluateBoolean("use_ollama", true, ANA).source()).isEqualTo(FlagSource.JAVA);
    }

    @Test
    void namesEnvironmentVariablesAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            environment.put("MELANCIA_FLAG_ENABLE_CACHING", "FALSE");
            environment.put("MELANCIA_FLAG_OLLAMA_PERCENTAGE", "0.25");
            FeatureFlags flags = flags();

            assertThat(flags.evaluateBoolean("enable_caching", true, ANA).value())
                    .isFalse();
            assertThat(flags.evaluateDouble("ollama_percentage", 0, ANA).value())
                    .isEqualTo(0.25);
            assertThat(FlagSnapshot.variable("títle.i-2")).isEqualTo("MELANCIA_FLAG_T_TLE_I_2");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MELANCIA_FLAG_USE_OLLAMA, yes, must be a boolean",
        "MELANCIA_FLAG_OLLAMA_PERCENTAGE, most, must be a number",
        "MELANCIA_FLAG_OLLAMA_PERCENTAGE, 1.2, 'must be a share in [0, 1]'",
        "MELANCIA_FLAG_OLLAMA_PERCENTAGE, NaN, must be a number",
        "MELANCIA_FLAG_OLLAMA_PERCENTAGE, 1e2147483647, must be a number",
        "MELANCIA_FLAG_OLLAMA_PERCENTAGE, '0,8', must be a number",
    })
    void failsAtTheStartOnAMalformedVariable(String variable, String value, String rule) {
        environment.put(variable, value);

        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(this::flags)
                .withMessageContaining(variable)
                .withMessageContaining(rule)
                .withMessageContaining(value);
    }

    @Test
    void ignoresBlankVariables() {
        environment.put("MELANCIA_FLAG_USE_OLLAMA", " ");
        assertThat(flags().evaluateBoolean("use_ollama", false, ANA).source()).isEqualTo(FlagSource.BUILT_IN);
    }

    @Test
    void refusesAVariableThatCouldMeanTwoFlags() {
        environment.put("MELANCIA_FLAG_NEW_UI", "true");

        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> FeatureFlags.builder()
                        .environment(environment::get)
                        .declare("new-ui", false)
                        .declare("new_ui", false)
                        .build())
                .withMessageContaining("MELANCIA_FLAG_NEW_UI could mean flag \"new-ui\" or flag \"new_ui\"");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.2, -0.1, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesAShareSetOrDeclaredOutsideItsRange(double share) {
        FeatureFlags flags = flags();

        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flags.set("ollama_percentage", share))
                .withMessageContaining("flag \"ollama_percentage\" (set in Java)")
                .withMessageContaining("was " + share);
        assertThat(flags.evaluateDouble("ollama_percentage", 0, ANA).value()).isEqualTo(0.8);
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> FeatureFlags.builder().declare("canary_percentage", share))
                .withMessageContaining("canary_percentage");
    }

    @Test
    void refusesAnotherTypeAnUnknownKeyAndABlankOne() {
        FeatureFlags flags = flags();

        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flags.set("use_ollama", "on"))
                .withMessageContaining("flag \"use_ollama\" is set in Java to the string on, but it is a boolean");
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flags.set("ollama_percentage", true))
                .withMessageContaining("share");
        assertThatExceptionOfType(FlagConfigurationException.class).isThrownBy(() -> flags.set("use_olama", true));
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> FeatureFlags.builder().declare(" ", true))
                .withMessageContaining("must not be blank");
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> FeatureFlags.builder().declare("use_ollama", "no"))
                .withMessageContaining("is a boolean");
    }

    @Test
    void failsFastForAPolicyThatNamesAnUnknownFlag() {
        FeatureFlags flags = flags();

        flags.requireKnown("use_ollama");
        assertThat(flags.has("use_ollama")).isTrue();
        assertThat(flags.has("use_olama")).isFalse();
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flags.requireKnown("use_olama"))
                .withMessageContaining("unknown flag \"use_olama\", known are [a_b_test_active, enable_caching,")
                .withMessageContaining("declare it in Java or define it in the flag file");
    }

    @Test
    void givesAKnownFlagAnotherDefault() {
        FeatureFlags flags = FeatureFlags.builder()
                .environment(environment::get)
                .declare("ollama_percentage", 1)
                .build();

        assertThat(flags.evaluateDouble("ollama_percentage", 0, ANA).value()).isEqualTo(1);
    }

    @Test
    void staysSilentAboutUserAndValuesOfAContext() {
        assertThat(FlagContext.of("ana@exemplo.com.br").with("tier", "premium"))
                .hasToString("FlagContext[user=***, attributes=[tier]]");
    }
}
