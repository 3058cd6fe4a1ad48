package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.CostProjection;
import dev.melancia.cost.TokenPrice;
import dev.melancia.cost.Traffic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a month of stated traffic would cost, had its paid calls the cost that was measured, with what the measurement
 * leaves open. The interval is of the mean call of these questions: it does not know of other questions, of other prices,
 * or of failed calls that cost something too. Immutable.
 *
 * @param expected at the mean cost of a call
 * @param low at the lower end of its 95 % interval; empty when there is none
 * @param high at the upper end
 * @since 0.1.0
 */
public record ProjectedCost(CostProjection expected, Optional<CostProjection> low, Optional<CostProjection> high) {

    private static final int DAYS = 30;
    private static final int SCALE = 4;

    public ProjectedCost {
        requireNonNull(expected, "expected");
        requireNonNull(low, "low");
        requireNonNull(high, "high");
    }

    static Optional<ProjectedCost> of(SubjectReport paid, Plan plan) {
        CostSummary cost = paid.cost();
        if (cost.calls() == 0 || cost.known() < cost.calls()) {
            return Optional.empty();
        }
        MetricSummary summary = paid.metric(Operation.COST);
        return Optional.of(new ProjectedCost(
                plan.at(cost.usdPerKnownCall().orElseThrow()),
                summary.interval().map(found -> plan.at(BigDecimal.valueOf(found.low()))),
                summary.interval().map(found -> plan.at(BigDecimal.valueOf(found.high())))));
    }

    /** Traffic, how much of it is paid for by the call, and what the rest runs on. */
    record Plan(long callsPerDay, double paidShare, BigDecimal serverUsdPerMonth) {

        CostProjection at(BigDecimal usdPerCall) {
            CostProjection frame =
                    CostProjection.of(new Traffic(callsPerDay, 0, 0), paidShare, TokenPrice.free(), serverUsdPerMonth);
            BigDecimal tokens = usdPerCall
                    .multiply(BigDecimal.valueOf(Math.multiplyExact(callsPerDay, DAYS)))
                    .multiply(BigDecimal.valueOf(paidShare))
                    .setScale(SCALE, RoundingMode.HALF_EVEN);
            return new CostProjection(frame.scenario(), tokens, frame.serverUsdPerMonth());
        }
    }
}
