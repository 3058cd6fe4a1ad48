package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagFileTest {

    private static final FlagContext ANA = FlagContext.of("ana");

    @TempDir
    private Path folder;

    private FeatureFlags flags(String json) throws IOException {
        Path file = folder.resolve("flags.json");
        Files.writeString(file, json);
        return FeatureFlags.builder().environment(name -> null).file(file).build();
    }

    /** A file with one flag, written with single quotes. */
    private FeatureFlags flag(String key, String definition) throws IOException {
        return flags(("{'flags': {'" + key + "': " + definition + "}}").replace('\'', '"'));
    }

    @Test
    void readsVariantsOfEveryType() throws IOException {
        FeatureFlags flags = flags("""
                {
                  "$schema": "https://flagd.dev/schema/v0/flags.json",
                  "metadata": {"owner": "retail"},
                  "flags": {
                    "use_ollama": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off"},
                    "tone": {"state": "ENABLED", "variants": {"warm": "acolhedor", "none": ""}, "defaultVariant": "warm"},
                    "top_k": {"state": "ENABLED", "variants": {"few": 3, "many": 10.0}, "defaultVariant": "many"},
                    "ollama_percentage": {"state": "ENABLED", "variants": {"most": 0.9}, "defaultVariant": "most",
                      "targeting": {}, "metadata": {"note": "x"}}
                  }
                }
                """);

        assertThat(flags.evaluateBoolean("use_ollama", true, ANA))
                .hasToString("use_ollama=false (STATIC, FILE, variant off)");
        assertThat(flags.evaluateString("tone", "", ANA).value()).isEqualTo("acolhedor");
        assertThat(flags.evaluateLong("top_k", 0, ANA).value()).isEqualTo(10);
        assertThat(flags.evaluateDouble("ollama_percentage", 0, ANA).reason()).isEqualTo(FlagReason.STATIC);
        assertThat(flags.keys()).contains("tone", "top_k", "enable_caching");
        assertThat(flags.reload().undeclared()).containsExactly("tone", "top_k");
    }

    @Test
    void givesTheDefaultOfTheCallerForADisabledFlag() throws IOException {
        FeatureFlags flags = flag("use_ollama", "{'state':'DISABLED','variants':{'on':true},'defaultVariant':'on'}");

        assertThat(flags.evaluateBoolean("use_ollama", false, ANA)).hasToString("use_ollama=false (DISABLED, FILE)");
        flags.set("use_ollama", true);
        assertThat(flags.evaluateBoolean("use_ollama", false, ANA).value()).isTrue();
    }

    @Test
    void leavesAFlagWithoutDefaultVariantToTheCaller() throws IOException {
        FeatureFlags flags = flag("tone", "{'state':'ENABLED','variants':{'warm':'a'},'defaultVariant':null}");

        assertThat(flags.evaluateString("tone", "mine", ANA)).hasToString("tone=mine (DEFAULT, FILE)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'state':'ON','variants':{'a':true}}                                  | state must be `ENABLED` or `DISABLED`, was `ON`",
                "{'variants':{'a':true}}                                               | was missing",
                "{'state':'ENABLED'}                                                   | variants must be an object",
                "{'state':'ENABLED','variants':{}}                                     | at least one variant",
                "{'state':'ENABLED','variants':{'a':true,'b':'no'}}                    | all variants must be of one type",
                "{'state':'ENABLED','variants':{'a':{}}}                               | variant `a` must be a boolean, a number or a string, was {}",
                "{'state':'ENABLED','variants':{'a':null}}                             | was null",
                "{'state':'ENABLED','variants':{'a':1e999}}                            | was 1E+999",
                "{'state':'ENABLED','variants':{'a':1},'defaultVariant':'b'}           | defaultVariant must be one of the variants [a], was `b`",
                "{'state':'ENABLED','variants':{'a':1},'defaultVariant':1}             | was 1",
                "{'state':'ENABLED','variants':{'a':1},'default':'a'}                  | property `default` that is not supported",
                "{'state':'ENABLED','variants':{'a':1},'targeting':'b'}                | targeting must name one of the variants [a], was `b`",
                "[]                                                                    | must be a JSON object",
            })
    void refusesAMalformedFlagByName(String definition, String message) {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flag("some_flag", definition))
                .withMessageContaining("flag \"some_flag\" (" + folder.resolve("flags.json"))
                .withMessageContaining(message.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                          | must be a JSON object",
                "[]                                        | must be a JSON object",
                "{}                                        | must have an object `flags`",
                "{'flags':[]}                              | must have an object `flags`",
                "{'flags':{},'flag':{}}                    | property `flag` that is not supported; supported: [$schema, flags, metadata]",
                "{'flags':{},'$evaluators':{}}             | property `$evaluators`",
                "{'flags':{}} x                            | is not JSON",
                "{'flags':{},'flags':{}}                   | is not JSON: Duplicate",
                "{'flags':{'a':                            | is not JSON",
                "{'flags':{' ':{'state':'ENABLED','variants':{'a':1}}}} | must not be blank",
            })
    void refusesAMalformedFile(String json, String message) {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flags(json == null ? "" : json.replace('\'', '"')))
                .withMessageContaining(message.replace('`', '"'))
                .withMessageContaining("flags.json");
    }

    @Test
    void refusesAShareOutsideItsRangeAndAFlagOfAnotherType() {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flag("ollama_percentage", "{'state':'ENABLED','variants':{'most':1.2}}"))
                .withMessageContaining("flag \"ollama_percentage\" (variant \"most\" in ")
                .withMessageContaining("must be a share in [0, 1], because its name ends in _percentage, was 1.2");
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> flag("use_ollama", "{'state':'ENABLED','variants':{'most':1.2}}"))
                .withMessageContaining("declared as a boolean, but the flag file makes it a number");
    }

    @Test
    void failsAtTheStartWhenTheFileIsNotThere() {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> FeatureFlags.builder()
                        .file(folder.resolve("absent.json"))
                        .build())
                .withMessageContaining("absent.json cannot be read");
    }
}
