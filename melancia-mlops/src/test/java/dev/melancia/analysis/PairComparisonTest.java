package dev.melancia.analysis;

import static dev.melancia.analysis.ScriptedRun.QUALITY;
import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.Cost;
import org.junit.jupiter.api.Test;

class PairComparisonTest {

    /** Differences first minus second: .08 and .12 in turn, so their mean is .1. */
    private static ScriptedRun better(int n) {
        return ScriptedRun.of(n)
                .subject("A", question -> .5 + (number(question) % 2 == 0 ? .12 : .08), 2_000_000_000L, Cost.zero())
                .subject("B", question -> .5, 1_000_000_000L, Cost.knownPicoUsd(3_000_000));
    }

    @Test
    void comparesQuestionByQuestionInTheOrderOfTheSubjects() {
        PairComparison pair = better(60).report().pair("B", "A");

        assertThat(pair.first()).isEqualTo("A");
        MetricComparison quality = pair.metric(QUALITY);
        assertThat(quality.n()).isEqualTo(60);
        assertThat(quality.difference().orElseThrow()).isCloseTo(.1, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(quality.verdict()).isEqualTo(Verdict.FIRST_BETTER);
        assertThat(pair.metric("latency").verdict()).isEqualTo(Verdict.SECOND_BETTER);
        assertThat(pair.metric("cost").verdict()).isEqualTo(Verdict.FIRST_BETTER);
        assertThat(pair.metric("failure rate").verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SEEN);
        assertThat(pair.metric("time to first token").verdict()).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void saysItInBothLanguages() {
        PairComparison pair = better(60).report().pair("A", "B");

        assertThat(pair.sentence(ReportLanguage.ENGLISH))
                .startsWith("A is better than B by 0.09")
                .contains(
                        " in quality, by 0.0000030 USD in cost; B is better than A by 1.0 s in latency; no difference in");
        assertThat(pair.sentence(ReportLanguage.PORTUGUESE))
                .startsWith("A é melhor que B em 0,09")
                .contains(
                        " em quality, em 0,0000030 USD em custo; B é melhor que A em 1,0 s em latência; com 60 perguntas");
    }

    @Test
    void fiveQuestionsAreTooFew() {
        PairComparison pair = better(5).report().pair("A", "B");

        assertThat(pair.metric(QUALITY).verdict()).isEqualTo(Verdict.N_TOO_SMALL);
        assertThat(pair.sentence(ReportLanguage.ENGLISH))
                .startsWith("too few questions to tell in quality (5), latency (5)");
    }

    @Test
    void unknownCostsAreNotCompared() {
        PairComparison pair = ScriptedRun.of(30)
                .subject("A", question -> .5, 1, Cost.zero())
                .subject("B", question -> .6, 1, Cost.unknown())
                .report()
                .pair("A", "B");

        assertThat(pair.metric("cost").verdict()).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void questionsThatOneFailedLeaveTheScoresButNotTheFailures() {
        PairComparison pair = ScriptedRun.of(40)
                .subject("A", question -> number(question) < 15 ? Double.NaN : .5)
                .subject("B", question -> number(question) % 2 == 0 ? .5 : .7)
                .report()
                .pair("A", "B");

        assertThat(pair.metric(QUALITY).n()).isEqualTo(25);
        MetricComparison failures = pair.metric("failure rate");
        assertThat(failures.n()).isEqualTo(40);
        assertThat(failures.difference()).hasValue(15 / 40.);
        assertThat(failures.verdict()).isEqualTo(Verdict.SECOND_BETTER);
    }
}
