package dev.melancia.regression;

import static dev.melancia.analysis.ScriptedRun.QUALITY;
import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.cost.Cost;
import dev.melancia.regression.Finding.Outcome;
import dev.melancia.scorer.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final long SECOND = 1_000_000_000L;

    private static BenchmarkReport run(int n, ToDoubleFunction<Question> score) {
        return ScriptedRun.of(n)
                .subject("chain", score, SECOND, Cost.knownPicoUsd(2_000_000))
                .report();
    }

    private static Finding only(Findings findings) {
        assertThat(findings.all()).hasSize(1);
        return findings.all().get(0);
    }

    private static Finding quality(double margin, BenchmarkReport earlier, BenchmarkReport now) {
        return only(Gate.builder().noWorse(QUALITY, margin).build().check(RegressionReport.of(earlier, now)));
    }

    @Test
    void aProvenLossBeyondTheMarginIsBroken() {
        BenchmarkReport earlier = run(60, question -> .8);
        BenchmarkReport now = run(60, question -> number(question) % 2 == 0 ? .7 : .72);

        Findings findings = Gate.builder().noWorse(QUALITY, .02).build().check(RegressionReport.of(earlier, now));

        assertThat(only(findings).outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(findings.exitCode()).isEqualTo(1);
        assertThatThrownBy(findings::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "1 of 1 findings of the gate do not pass:\nFAIL chain: quality no worse by more than"
                                + " 0.02: changed for the better by -0.09")
                .hasMessageContaining("n=60");
    }

    @Test
    void aLossWithinTheMarginHoldsWhereTheIntervalShowsIt() {
        BenchmarkReport earlier = run(60, question -> .8);
        BenchmarkReport now = run(60, question -> number(question) % 2 == 0 ? .79 : .80);

        assertThat(quality(.02, earlier, now).outcome()).isEqualTo(Outcome.HELD);
        assertThat(quality(.004, earlier, now).outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void answersThatDidNotChangeHoldWithFewQuestionsToo() {
        BenchmarkReport run = run(7, question -> .8);

        Finding finding = quality(0, run, run);

        assertThat(finding.outcome()).isEqualTo(Outcome.HELD);
        assertThat(finding.evidence()).startsWith("no question became worse");
    }

    /** 1 of 10 questions fell from 1 to 0, 1 rose: no mean loss, but ten questions cannot leave out one of .02. */
    @Test
    void tooFewQuestionsAreInconclusiveAndThePolicySaysWhatThatMeans() {
        RegressionReport report = RegressionReport.of(
                run(10, question -> number(question) == 3 ? 0 : 1), run(10, question -> number(question) == 4 ? 0 : 1));
        Gate.Builder gate = Gate.builder().noWorse(QUALITY, .02);

        Findings byEstimate = gate.build().check(report);
        Findings strict = gate.whenInconclusive(Gate.Inconclusive.FAIL).build().check(report);
        Findings lenient = gate.whenInconclusive(Gate.Inconclusive.PASS).build().check(report);

        assertThat(only(byEstimate).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(byEstimate.passed()).isTrue();
        assertThat(byEstimate)
                .hasToString(only(byEstimate).toString())
                .asString()
                .startsWith("ok   chain:");
        assertThat(strict.exitCode()).isEqualTo(3);
        assertThat(lenient.exitCode()).isZero();
    }

    @Test
    void anUnprovenLossBeyondTheMarginDoesNotPassByEstimate() {
        RegressionReport report =
                RegressionReport.of(run(20, question -> 1), run(20, question -> number(question) == 4 ? 0 : 1));

        Findings findings = Gate.builder().noWorse(QUALITY, .02).build().check(report);

        assertThat(only(findings).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(findings.exitCode()).isEqualTo(3);
        assertThat(findings.toString()).contains("(inconclusive)");
    }

    @Test
    void limitsLookAtTheInterval() {
        // No failure in 60: Wilson's interval ends at .0602, in 100 at .0370.
        assertThat(failureRate(60, 0)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(failureRate(100, 0)).isEqualTo(Outcome.HELD);
        // 20 of 100: from .1334 on.
        assertThat(failureRate(100, 20)).isEqualTo(Outcome.BROKEN);
    }

    private static Outcome failureRate(int n, int failures) {
        BenchmarkReport report = run(n, question -> number(question) < failures ? Double.NaN : 1);
        return only(Gate.builder().failureRateAtMost(.05).build().check(report)).outcome();
    }

    @Test
    void timeMoneyAndScoresHaveLimitsToo() {
        Findings findings = Gate.builder()
                .latencyP95AtMost(Duration.ofSeconds(2))
                .latencyMedianAtMost(Duration.ofMillis(500))
                .costPerCallAtMost(new BigDecimal("0.000003"))
                .atLeast(QUALITY, .9)
                .atMost(QUALITY, .9)
                .build()
                .check(run(60, question -> .8));

        assertThat(findings.all())
                .extracting(Finding::outcome)
                .containsExactly(
                        Outcome.HELD,
                        Outcome.BROKEN,
                        Outcome.INCONCLUSIVE, // sixty equal costs have no spread and no upper bound
                        Outcome.BROKEN,
                        Outcome.HELD);
        assertThat(findings.failures())
                .extracting(Finding::rule)
                .containsExactly("latency median at most 0.5 s", "quality at least 0.9");
    }

    @Test
    void aQuantileWithoutEnoughCallsDoesNotPassByEstimate() {
        Findings findings =
                Gate.builder().latencyP95AtMost(Duration.ofSeconds(2)).build().check(run(20, question -> .8));

        assertThat(only(findings).evidence()).isEqualTo("n too small: 20 of 59, n=20");
        assertThat(findings.exitCode()).isEqualTo(3);
    }

    @Test
    void anUnknownCostDoesNotPassByEstimate() {
        BenchmarkReport report =
                ScriptedRun.of(60).subject("chain", question -> 1).report();

        Findings findings =
                Gate.builder().costPerCallAtMost(BigDecimal.ONE).build().check(report);

        assertThat(only(findings).evidence()).isEqualTo("unknown for 60 of 60 answered calls, n=0");
        assertThat(findings.passed()).isFalse();
    }

    @Test
    void singleQuestionsAndNewFailuresAreNamed() {
        RegressionReport report = RegressionReport.of(
                run(30, question -> 1),
                run(30, question -> number(question) == 4 ? 0 : number(question) == 9 ? Double.NaN : 1));

        Findings findings = Gate.builder()
                .noQuestionWorse(QUALITY, .1)
                .noNewFailure()
                .build()
                .check(report);

        assertThat(findings.all()).extracting(Finding::evidence).containsExactly("1 of 29: q4", "1 of 30: q9");
        assertThat(findings.all()).extracting(Finding::outcome).containsOnly(Outcome.BROKEN);
    }

    @Test
    void checksTheSubjectsItIsFor() {
        BenchmarkReport report = ScriptedRun.of(60)
                .subject("good", question -> .9)
                .subject("bad", question -> .1)
                .report();

        assertThatCode(() -> Gate.builder()
                        .atLeast(QUALITY, .5)
                        .subject("good")
                        .build()
                        .check(report)
                        .verify())
                .doesNotThrowAnyException();
        assertThat(Gate.builder().atLeast(QUALITY, .5).build().check(report).failures())
                .extracting(Finding::subject)
                .containsExactly("bad");
        assertThatThrownBy(() -> Gate.builder()
                        .atLeast(QUALITY, .5)
                        .subject("godo")
                        .build()
                        .check(report))
                .hasMessage("the gate is for subjects [godo]; there are [good, bad]");
    }

    @Test
    void aSubjectWithoutAnEarlierRunKeepsTheLimitsAndLeavesComparisonsOpen() {
        BenchmarkReport now = ScriptedRun.of(60)
                .subject("chain", question -> .8)
                .subject("new", question -> .1)
                .report();

        Findings findings = Gate.builder()
                .noWorse(QUALITY, .02)
                .atLeast(QUALITY, .5)
                .build()
                .check(RegressionReport.of(run(60, question -> .8), now));

        assertThat(findings.all()).extracting(Finding::subject).containsExactly("chain", "chain", "new", "new");
        assertThat(findings.failures())
                .extracting(Finding::outcome)
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.BROKEN);
        assertThat(findings.failures().get(0).toString())
                .startsWith(
                        "FAIL new: quality no worse by more than 0.02 (inconclusive): the earlier run has no such subject;"
                                + " run it there too");
    }

    @Test
    void aSubjectThatIsGoneDoesNotPassUnlessThePolicyLetsIt() {
        BenchmarkReport earlier = ScriptedRun.of(60)
                .subject("chain", question -> .8)
                .subject("old", question -> .8)
                .report();
        RegressionReport report = RegressionReport.of(earlier, run(60, question -> .8));
        Gate.Builder gate = Gate.builder().noWorse(QUALITY, .02).atLeast(QUALITY, .5);

        Findings findings = gate.build().check(report);
        Findings strict = gate.whenInconclusive(Gate.Inconclusive.FAIL).build().check(report);
        Findings lenient = gate.whenInconclusive(Gate.Inconclusive.PASS).build().check(report);

        assertThat(findings.failures())
                .hasSize(1)
                .hasToString("[FAIL old: quality no worse by more than 0.02"
                        + " (inconclusive): only the earlier run has this subject; run it again, give what replaces it its name, or"
                        + " name the subjects of the gate]");
        assertThat(findings.exitCode()).isEqualTo(3);
        assertThat(strict.exitCode()).isEqualTo(3);
        assertThat(lenient.exitCode()).isZero();
    }

    @Test
    void aNamedSubjectThatIsGoneLeavesEveryRuleOpenAndOneThatNeverWasIsRefused() {
        BenchmarkReport earlier = ScriptedRun.of(60)
                .subject("chain", question -> .8)
                .subject("old", question -> .8)
                .report();
        RegressionReport report = RegressionReport.of(earlier, run(60, question -> .8));

        Findings findings =
                Gate.builder().atLeast(QUALITY, .5).subject("old").build().check(report);

        assertThat(only(findings).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(findings.passed()).isFalse();
        assertThatThrownBy(() -> Gate.builder()
                        .atLeast(QUALITY, .5)
                        .subject("odl")
                        .build()
                        .check(report))
                .hasMessage("the gate is for subjects [odl]; there are [chain, old]");
    }

    @Test
    void saysWhatIsWrongWithARule() {
        BenchmarkReport report = run(10, question -> 1);

        assertThatThrownBy(() -> Gate.builder().build())
                .hasMessage("a gate needs a rule, such as noWorse(\"token F1\", 0.02)");
        assertThatThrownBy(() -> Gate.builder().noWorse(QUALITY, -.1))
                .hasMessage("margin must be at least 0 and finite, was -0.1");
        assertThatThrownBy(() -> Gate.builder().failureRateAtMost(5))
                .hasMessage("failure rate must be in [0, 1], was 5.0");
        assertThatThrownBy(() -> Gate.builder().noNewFailure().build().check(report))
                .hasMessage("rule \"no new failure\" compares with an earlier run; call"
                        + " check(RegressionReport.of(earlier, now))");
        assertThatThrownBy(() -> Gate.builder().atLeast("qualty", .5).build().check(report))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no metric \"qualty\"; there are [quality, latency");
    }
}
