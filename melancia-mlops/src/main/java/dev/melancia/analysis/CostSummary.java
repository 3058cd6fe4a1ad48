package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * What the answered calls of a subject cost. A failed call may have cost something too; it is not in here. Immutable.
 *
 * @param known calls whose cost is known or estimated
 * @param calls answered calls
 * @param sumOfKnown their exact sum; not the total while some are not known
 * @since 0.1.0
 */
public record CostSummary(int known, int calls, Cost sumOfKnown) {

    private static final int PICO_SCALE = 12;

    public CostSummary {
        if (known < 0 || known > calls) {
            throw new IllegalArgumentException("known must be in [0, calls], was " + known + " of " + calls);
        }
    }

    static CostSummary of(List<Outcome> outcomes) {
        List<Cost> costs = outcomes.stream()
                .flatMap(outcome -> outcome.reply().stream())
                .map(Answer::cost)
                .toList();
        List<Cost> known =
                costs.stream().filter(cost -> cost.kind() != Cost.Kind.UNKNOWN).toList();
        Cost sum = known.stream().reduce(Cost::plus).orElse(Cost.unknown());
        return new CostSummary(known.size(), costs.size(), sum);
    }

    /** Cost of all answered calls; unknown while one is. */
    public Cost total() {
        return known == calls ? sumOfKnown : Cost.unknown();
    }

    /** Mean US dollars a call over the known ones, rounded to 12 decimals; empty when none is known. */
    public Optional<BigDecimal> usdPerKnownCall() {
        return sumOfKnown.usd().map(usd -> usd.divide(BigDecimal.valueOf(known), PICO_SCALE, RoundingMode.HALF_EVEN));
    }
}
