package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a model's tokens cost, as price lists state it: US dollars per <em>million</em> tokens, input and output apart.
 * Immutable.
 *
 * @param inputUsdPerMillionTokens in [0, 100000], at most six decimals
 * @param outputUsdPerMillionTokens in [0, 100000], at most six decimals
 * @since 0.1.0
 */
public record TokenPrice(BigDecimal inputUsdPerMillionTokens, BigDecimal outputUsdPerMillionTokens) {

    private static final int PICO_PER_TOKEN_SHIFT = 6;

    /** Ten cents a token, far above any list; a call of millions of tokens still fits a {@code long}. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(100_000);

    private static final TokenPrice FREE = new TokenPrice(BigDecimal.ZERO, BigDecimal.ZERO);

    public TokenPrice {
        requireExact(inputUsdPerMillionTokens, "inputUsdPerMillionTokens");
        requireExact(outputUsdPerMillionTokens, "outputUsdPerMillionTokens");
    }

    /** A model whose tokens cost nothing, such as one on a server of one's own. */
    public static TokenPrice free() {
        return FREE;
    }

    /** Whether tokens cost nothing, however the zeros are written. */
    public boolean isFree() {
        return inputUsdPerMillionTokens.signum() == 0 && outputUsdPerMillionTokens.signum() == 0;
    }

    /** A price list's two figures: {@code usdPerMillionTokens("0.15", "0.60")}. */
    public static TokenPrice usdPerMillionTokens(String input, String output) {
        return new TokenPrice(new BigDecimal(input), new BigDecimal(output));
    }

    /**
     * What a call costs, exactly.
     *
     * @param inputTokens tokens of the prompt, at least 0
     * @param outputTokens tokens of the answer, at least 0
     */
    public Cost costOf(long inputTokens, long outputTokens) {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must be at least 0, were " + inputTokens + " and " + outputTokens);
        }
        return Cost.knownPicoUsd(Math.addExact(
                Math.multiplyExact(picoUsdPerToken(inputUsdPerMillionTokens), inputTokens),
                Math.multiplyExact(picoUsdPerToken(outputUsdPerMillionTokens), outputTokens)));
    }

    private static long picoUsdPerToken(BigDecimal usdPerMillionTokens) {
        return usdPerMillionTokens.movePointRight(PICO_PER_TOKEN_SHIFT).longValueExact();
    }

    private static void requireExact(BigDecimal price, String name) {
        requireNonNull(price, name);
        if (price.compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be at most " + HIGHEST + " US dollars per million tokens, was " + price);
        }
        if (price.signum() < 0 || price.stripTrailingZeros().scale() > PICO_PER_TOKEN_SHIFT) {
            throw new IllegalArgumentException(name + " must be at least 0 with at most six decimals, was " + price);
        }
    }
}
