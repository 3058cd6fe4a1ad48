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

class TargetingTest {

    private static final String SUITS = "'clubs':'clubs','diamonds':'diamonds','hearts':'hearts','spades':'spades'";
    private static final String QUARTERS = "['clubs',25],['diamonds',25],['hearts',25],['spades',25]";

    @TempDir
    private Path folder;

    private FeatureFlags flags(String key, String variants, String targeting) throws IOException {
        Path file = folder.resolve("flags.json");
        Files.writeString(
                file,
                ("{'flags':{'" + key + "':{'state':'ENABLED','variants':{'none':'none'," + variants
                                + "},'defaultVariant':'none','targeting':" + targeting + "}}}")
                        .replace('\'', '"'));
        return FeatureFlags.builder().environment(name -> null).file(file).build();
    }

    private FlagEvaluation<String> evaluate(String targeting, FlagContext context) throws IOException {
        return flags("flag", "'yes':'yes','no':'no'", targeting).evaluateString("flag", "caller", context);
    }

    /** flagd-testbed, fractional.feature, tag fractional-v2, "Fractional operator". */
    @ParameterizedTest
    @CsvSource({"jack, hearts", "queen, spades", "ten, clubs", "nine, diamonds", "3, clubs"})
    void splitsAsFlagdDoesByFlagAndAttribute(String name, String suit) throws IOException {
        FeatureFlags flags = flags(
                "fractional-flag",
                SUITS,
                "{'fractional':[{'cat':[{'var':'$flagd.flagKey'},{'var':'user.name'}]}," + QUARTERS + "]}");

        FlagEvaluation<String> split =
                flags.evaluateString("fractional-flag", "", FlagContext.empty().with("user.name", name));

        assertThat(split.value()).isEqualTo(suit);
        assertThat(split.reason()).isEqualTo(FlagReason.SPLIT);
        assertThat(split.variant()).contains(suit);
    }

    /** flagd-testbed, fractional.feature, tag fractional-v2, "Fractional operator with shared seed". */
    @ParameterizedTest
    @CsvSource({"seven, hearts", "eight, diamonds", "nine, clubs", "two, spades"})
    void splitsAsFlagdDoesBySharedSeed(String name, String suit) throws IOException {
        FeatureFlags flags =
                flags("a", SUITS, "{'fractional':[{'cat':['shared-seed',{'var':'user.name'}]}," + QUARTERS + "]}");

        assertThat(flags.evaluateString("a", "", FlagContext.empty().with("user.name", name))
                        .value())
                .isEqualTo(suit);
    }

    /** flagd-testbed, fractional.feature, tag fractional-v2, "Fractional operator shorthand". */
    @ParameterizedTest
    @CsvSource({"jon@company.com, heads", "jane@company.com, tails"})
    void splitsAsFlagdDoesInShorthand(String user, String side) throws IOException {
        FeatureFlags flags = flags(
                "fractional-flag-shorthand",
                "'heads':'heads','tails':'tails'",
                "{'fractional':[['heads'],['tails',1]]}");

        assertThat(flags.evaluateString("fractional-flag-shorthand", "", FlagContext.of(user))
                        .value())
                .isEqualTo(side);
    }

    /** flagd-testbed, fractional.feature, tag fractional-v2, "hash edge cases". */
    @ParameterizedTest
    @CsvSource({"ejOoVL, yes", "bY9fO-, yes", "SI7p-, yes", "6LvT0, no", "ceQdGm, no"})
    void splitsAsFlagdDoesAtTheEdges(String user, String side) throws IOException {
        String rule = "{'fractional':[{'var':'targetingKey'},['yes',50],['no',50]]}";

        assertThat(evaluate(rule, FlagContext.of(user)).value()).isEqualTo(side);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fractional':[['yes',1],['no',1]]}",
                "{'fractional':[{'var':'targetingKey'},['yes',1],['no',1]]}",
                "{'fractional':[{'cat':['seed',{'var':'targetingKey'}]},['yes',1],['no',1]]}"
            })
    void drawsWithoutAKeyAndTakesTheDefaultWithoutADraw(String rule) throws IOException {
        FlagEvaluation<String> drawn = evaluate(rule, FlagContext.empty().withDraw(7));
        assertThat(drawn.value()).isIn("yes", "no");
        assertThat(drawn.reason()).isEqualTo(FlagReason.SPLIT);
        assertThat(drawn.detail().orElseThrow()).contains("drawn for this request alone");

        FlagEvaluation<String> undecided = evaluate(rule, FlagContext.empty());
        assertThat(undecided.value()).isEqualTo("none");
        assertThat(undecided.reason()).isEqualTo(FlagReason.DEFAULT);
        assertThat(undecided.variant()).contains("none");
        assertThat(undecided.detail().orElseThrow()).contains("needs a user id or a draw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'==':[{'var':'tier'},'premium']}              | yes",
                "{'==':['premium',{'var':['tier']}]}            | yes",
                "{'==':[{'var':'tier'},'free']}                 | no",
                "{'==':[{'var':'absent'},null]}                 | yes",
                "{'==':[{'var':'absent'},'']}                   | no",
                "{'==':[{'var':['absent','x']},'x']}            | yes",
                "{'==':[{'var':'age'},42]}                      | yes",
                "{'==':[{'var':'age'},'42.0']}                  | no",
                "{'==':[42,42.0]}                               | yes",
                "{'==':[{'var':'flagged'},true]}                | no",
                "{'==':[{'var':'one'},true]}                    | yes",
                "{'==':[{'var':'targetingKey'},'ana']}          | yes",
                "{'in':[{'var':'tier'},['free','premium']]}     | yes",
                "{'in':[{'var':'tier'},['free']]}               | no",
                "{'in':[{'var':'age'},[42]]}                    | no",
                "{'in':['@exemplo.com',{'var':'mail'}]}         | yes",
                "{'in':['@exemplo.com',{'var':'absent'}]}       | no",
                "{'in':[{'var':'absent'},'null']}               | no",
                "{'==':[{'cat':['a',1,2.5]},'a12.5']}           | yes",
                "{'var':'tier'}                                 | yes",
                "{'var':'absent'}                               | no",
                "''                                             | no",
                "'0'                                            | yes",
                "0                                              | no",
                "[]                                             | no",
                "[0]                                            | yes",
                "null                                           | no",
            })
    void meansByAConditionWhatJsonLogicMeans(String condition, String expected) throws IOException {
        FlagContext context = FlagContext.of("ana")
                .with("tier", "premium")
                .with("age", "42")
                .with("flagged", "true")
                .with("one", "1")
                .with("mail", "ana@exemplo.com.br");

        FlagEvaluation<String> chosen = evaluate("{'if':[" + condition + ",'yes','no']}", context);

        assertThat(chosen.value()).isEqualTo(expected);
        assertThat(chosen.reason()).isEqualTo(FlagReason.TARGETING_MATCH);
        assertThat(chosen.source()).isEqualTo(FlagSource.FILE);
    }

    @Test
    void takesTheFirstBranchThatHoldsElseTheDefault() throws IOException {
        String rule = "{'if':[{'==':[{'var':'t'},'a']},'yes',{'==':[{'var':'t'},'b']},'no']}";

        assertThat(evaluate(rule, FlagContext.empty().with("t", "a")).value()).isEqualTo("yes");
        assertThat(evaluate(rule, FlagContext.empty().with("t", "b")).value()).isEqualTo("no");
        assertThat(evaluate(rule, FlagContext.empty().with("t", "c")))
                .hasToString("flag=none (DEFAULT, FILE, variant none)");
        assertThat(evaluate("{'if':[true,null,'no']}", FlagContext.empty()).reason())
                .isEqualTo(FlagReason.DEFAULT);
    }

    @Test
    void splitsOnlyWhomTheConditionMeans() throws IOException {
        String rule = "{'if':[{'==':[{'var':'tier'},'premium']},'yes',{'fractional':[['no',1]]}]}";

        assertThat(evaluate(rule, FlagContext.of("ana").with("tier", "premium")).reason())
                .isEqualTo(FlagReason.TARGETING_MATCH);
        assertThat(evaluate(rule, FlagContext.of("ana")).reason()).isEqualTo(FlagReason.SPLIT);
    }

    @Test
    void placesAUserInTheShareThatTheRuleChose() throws IOException {
        Path file = folder.resolve("flags.json");
        Files.writeString(file, """
                {"flags": {"ollama_percentage": {"state": "ENABLED",
                  "variants": {"none": 0, "all": 1}, "defaultVariant": "none",
                  "targeting": {"if": [{"==": [{"var": "tier"}, "free"]}, "all"]}}}}
                """);
        FeatureFlags flags =
                FeatureFlags.builder().environment(name -> null).file(file).build();

        FlagContext ana = FlagContext.of("ana");
        assertThat(flags.evaluateShare("ollama_percentage", true, ana).value()).isFalse();
        FlagEvaluation<Boolean> free = flags.evaluateShare("ollama_percentage", false, ana.with("tier", "free"));
        assertThat(free.value()).isTrue();
        assertThat(free.variant()).contains("all");
        assertThat(free.reason()).isEqualTo(FlagReason.SPLIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'if':[{'sem_ver':['1','=','1']},'yes']}    | operator `sem_ver` is not supported in a condition or a key; supported: ==, in, var, cat",
                "{'var':'tier'}                              | operator `var` is not supported where a variant is chosen; supported: if, fractional",
                "{'if':['yes']}                              | if needs a condition and a variant, had 1",
                "{'if':[true,'maybe']}                       | must name one of the variants [none, yes, no], was `maybe`",
                "{'if':[true,3]}                             | must be an object with one of if, fractional, was 3",
                "{'if':[true,'yes'],'x':1}                   | must be an object with one of",
                "{'if':[{'$ref':'x'},'yes']}                 | operator `$ref` is not supported",
                "{'fractional':[]}                           | sum of weights must be in [1, 2147483647], was 0",
                "{'fractional':[['yes',0]]}                  | was 0",
                "{'fractional':[['yes',-1]]}                 | weight 0 must be at least 0, was -1",
                "{'fractional':[['yes',1.5]]}                | a weight must be a whole number in [0, 2147483647], was 1.5",
                "{'fractional':[['yes',2147483647],['no',1]]} | was 2147483648",
                "{'fractional':[['yes',3000000000]]}         | was 3000000000",
                "{'fractional':['key','yes']}                | an arm must be [`variant`, weight], was `yes`",
                "{'fractional':[['maybe',1]]}                | was `maybe`",
                "{'if':[{'==':[1]},'yes']}                   | == needs 2 arguments, had 1",
                "{'if':[{'==':[1,[1]]},'yes']}               | == compares single values; for a list use in",
                "{'if':[{'in':['a',[['b']]]},'yes']}         | must hold plain values",
                "{'if':[{'var':''},'yes']}                   | var needs the name of an attribute",
                "{'if':[{'var':'$flagd.timestamp'},'yes']}   | of $flagd only flagKey is",
            })
    void refusesWhatItDoesNotUnderstandByName(String rule, String message) {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> evaluate(rule, FlagContext.empty()))
                .withMessageContaining("flag \"flag\"")
                .withMessageContaining(message.replace('`', '"'));
    }

    @Test
    void refusesEndlessNestingAndAShareOfAShare() {
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> evaluate("{'if':[true,".repeat(40) + "'yes'" + "]}".repeat(40), FlagContext.empty()))
                .withMessageContaining("nested deeper than 32");
        assertThatExceptionOfType(FlagConfigurationException.class)
                .isThrownBy(() -> {
                    Path file = folder.resolve("share.json");
                    Files.writeString(file, """
                            {"flags": {"ollama_percentage": {"state": "ENABLED", "variants": {"a": 0.1, "b": 0.9},
                              "targeting": {"fractional": [["a", 1], ["b", 1]]}}}}
                            """);
                    FeatureFlags.builder().file(file).build();
                })
                .withMessageContaining("would split the same users twice");
    }
}
