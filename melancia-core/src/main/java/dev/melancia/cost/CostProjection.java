package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a month would cost when a share of the traffic goes to a paid model and the rest to a server of one's own, whose
 * price does not depend on traffic. A month has 30 days. Immutable.
 *
 * @param scenario what people call it
 * @param tokensUsdPerMonth for the paid model's tokens
 * @param serverUsdPerMonth for the server
 * @since 0.1.0
 */
public record CostProjection(String scenario, BigDecimal tokensUsdPerMonth, BigDecimal serverUsdPerMonth) {

    private static final int DAYS = 30;
    private static final int MONTHS = 12;
    private static final int SCALE = 4;

    public CostProjection {
        requireNonNull(scenario, "scenario");
        requireNonNull(tokensUsdPerMonth, "tokensUsdPerMonth");
        requireNonNull(serverUsdPerMonth, "serverUsdPerMonth");
    }

    /**
     * Projects one scenario; amounts are rounded to a hundredth of a cent.
     *
     * @param paidShare of the calls, in [0, 1]
     * @param paid price of the paid model
     * @param serverUsdPerMonth of the server that answers the rest; it is not paid for when there is no rest
     */
    public static CostProjection of(Traffic traffic, double paidShare, TokenPrice paid, BigDecimal serverUsdPerMonth) {
        if (!(paidShare >= 0 && paidShare <= 1)) {
            throw new IllegalArgumentException("paidShare must be in [0, 1], was " + paidShare);
        }
        BigDecimal share = BigDecimal.valueOf(paidShare);
        BigDecimal call = paid.costOf(traffic.inputTokensPerCall(), traffic.outputTokensPerCall())
                .usd()
                .orElseThrow();
        BigDecimal tokens = call.multiply(BigDecimal.valueOf(Math.multiplyExact(traffic.callsPerDay(), DAYS)))
                .multiply(share)
                .setScale(SCALE, RoundingMode.HALF_EVEN);
        return new CostProjection(name(share), tokens, paidShare == 1 ? BigDecimal.ZERO : serverUsdPerMonth);
    }

    /** All paid, all local, and 20 % paid: the three scenarios a team weighs first. */
    public static List<CostProjection> threeScenarios(Traffic traffic, TokenPrice paid, BigDecimal serverUsdPerMonth) {
        return List.of(
                of(traffic, 1, paid, serverUsdPerMonth),
                of(traffic, 0, paid, serverUsdPerMonth),
                of(traffic, 0.2, paid, serverUsdPerMonth));
    }

    /** Tokens and server together. */
    public BigDecimal usdPerMonth() {
        return tokensUsdPerMonth.add(serverUsdPerMonth);
    }

    /** Twelve months. */
    public BigDecimal usdPerYear() {
        return usdPerMonth().multiply(BigDecimal.valueOf(MONTHS));
    }

    private static String name(BigDecimal share) {
        BigDecimal percent = share.movePointRight(2).stripTrailingZeros();
        if (share.signum() == 0) {
            return "100 % local";
        }
        return share.compareTo(BigDecimal.ONE) == 0
                ? "100 % paid"
                : percent.toPlainString() + " % paid, "
                        + BigDecimal.valueOf(100).subtract(percent).toPlainString() + " % local";
    }
}
