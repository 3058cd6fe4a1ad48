package dev.melancia.analysis;

import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.analysis.ParetoFront.Point;
import dev.melancia.analysis.ParetoFront.Standing;
import dev.melancia.cost.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Cost CHEAP = Cost.knownPicoUsd(1_000_000);
    private static final Cost DEAR = Cost.knownPicoUsd(9_000_000);

    @Test
    void aSubjectThatIsWorseOnAllMetricsIsDominated() {
        ParetoFront front = ScriptedRun.of(60)
                .subject("good", question -> .8, SECOND, CHEAP)
                .subject("fast", question -> .3, SECOND / 2, CHEAP)
                .subject("bad", question -> .5, 2 * SECOND, DEAR)
                .report()
                .pareto();

        assertThat(front.front()).containsExactly("good", "fast");
        assertThat(front.points().get(2)).isEqualTo(new Point("bad", Standing.DOMINATED, List.of("good")));
        assertThat(front).hasToString("good: on front, fast: on front, bad: dominated (good)");
    }

    @Test
    void aDifferenceThatMayBeChanceDominatesByPointEstimateOnly() {
        // Quality differs by .1 on one question of 60: no test can tell that from chance.
        ParetoFront front = ScriptedRun.of(60)
                .subject("a", question -> number(question) == 0 ? .6 : .5, SECOND, CHEAP)
                .subject("b", question -> .5, 2 * SECOND, DEAR)
                .report()
                .pareto();

        assertThat(front.points().get(1)).isEqualTo(new Point("b", Standing.DOMINATED_BY_POINT_ESTIMATE, List.of("a")));
    }

    @Test
    void anUnknownCostHasNoPlace() {
        ParetoFront front = ScriptedRun.of(30)
                .subject("a", question -> .9, SECOND, Cost.unknown())
                .subject("b", question -> .1, 2 * SECOND, DEAR)
                .report()
                .pareto();

        assertThat(front.points()).extracting(Point::standing).containsExactly(Standing.UNKNOWN, Standing.ON_FRONT);
    }

    @Test
    void countsOnlyTheMetricsThatAreNamed() {
        BenchmarkReport report = ScriptedRun.of(30)
                .subject("a", question -> .9, SECOND, DEAR)
                .subject("b", question -> .1, 2 * SECOND, CHEAP)
                .report();

        assertThat(report.pareto("quality", "latency").front()).containsExactly("a");
        assertThatThrownBy(() -> report.pareto("quality", "output tokens"))
                .hasMessage("a front needs metrics with a better end, \"output tokens\" has none");
        assertThatThrownBy(() -> report.pareto(new String[0]))
                .hasMessage("a front needs at least one metric, was none");
    }

    @Test
    void projectsStatedTrafficWithTheIntervalOfTheMeasuredCost() {
        // Costs of 1 and 3 millionths of a dollar in turn: mean .000002, 60 calls.
        SubjectReport paid = ScriptedRun.of(60)
                .subject(
                        "paid",
                        question -> .5,
                        SECOND,
                        question -> Cost.knownPicoUsd(number(question) % 2 == 0 ? 1_000_000 : 3_000_000))
                .report()
                .subject("paid");

        ProjectedCost hybrid =
                paid.projectedCost(1_000_000, .2, new BigDecimal("30")).orElseThrow();
        assertThat(hybrid.expected().scenario()).isEqualTo("20 % paid, 80 % local");
        // 1e6 calls * 30 days * .2 * .000002 USD
        assertThat(hybrid.expected().tokensUsdPerMonth()).isEqualByComparingTo("12");
        assertThat(hybrid.expected().usdPerMonth()).isEqualByComparingTo("42");
        // t(.975; 59) = 2.000995, sd = 1.008439e-6, so the mean is .000002 +- 2.605e-7, times 6e6 calls.
        assertThat(hybrid.low().orElseThrow().tokensUsdPerMonth().doubleValue()).isBetween(10.42, 10.45);
        assertThat(hybrid.high().orElseThrow().tokensUsdPerMonth().doubleValue())
                .isBetween(13.55, 13.58);
        assertThat(paid.projectedCost(1_000, 1, new BigDecimal("30"))
                        .orElseThrow()
                        .expected()
                        .serverUsdPerMonth())
                .isZero();
    }

    @Test
    void anUnknownCostIsNotProjected() {
        SubjectReport unknown = ScriptedRun.of(3)
                .subject("s", question -> .5, SECOND, question -> number(question) == 0 ? Cost.unknown() : CHEAP)
                .report()
                .subject("s");

        assertThat(unknown.projectedCost(1_000, 1, BigDecimal.ONE)).isEmpty();
        assertThat(unknown.traffic(1_000)).isEmpty();
    }
}
