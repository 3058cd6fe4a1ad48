package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model's tokens cost, as price lists state it: US dollars per <em>million</em> tokens, input and output apart, and
 * where the list has them, cached input and reasoning at prices of their own. Cached input is part of the input and
 * reasoning part of the output: a list without a price for the part charges it as the whole. Each price is in [0, 100000]
 * with at most six decimals. Not for prices per call, image or second. Immutable.
 *
 * @since 0.1.0
 */
public final class TokenPrice {

    /** A micro-dollar per million tokens is a pico-dollar per token. */
    private static final int PICO_PER_TOKEN_SHIFT = 6;

    private static final int LONGEST_TEXT = 32;
    private static final long AS_THE_WHOLE = -1;

    /** Ten cents a token, far above any list; a call of millions of tokens still fits a {@code long}. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(100_000);

    private static final TokenPrice FREE = usdPerMillionTokens("0", "0");

    /** All four in pico-dollars per token; a part may be {@link #AS_THE_WHOLE}. */
    private final long input;

    private final long output;
    private final long cachedInput;
    private final long reasoning;

    private TokenPrice(long input, long output, long cachedInput, long reasoning) {
        this.input = input;
        this.output = output;
        this.cachedInput = cachedInput;
        this.reasoning = reasoning;
    }

    /** A model whose tokens cost nothing, such as one on a server of one's own. */
    public static TokenPrice free() {
        return FREE;
    }

    /**
     * A price list's two figures: {@code usdPerMillionTokens("0.15", "0.60")}.
     *
     * @throws IllegalArgumentException when one is no decimal number, below 0, above 100000, or has more than six decimals
     */
    public static TokenPrice usdPerMillionTokens(String input, String output) {
        return new TokenPrice(
                picoUsdPerToken(input, "inputUsdPerMillionTokens"),
                picoUsdPerToken(output, "outputUsdPerMillionTokens"),
                AS_THE_WHOLE,
                AS_THE_WHOLE);
    }

    /**
     * This price, with one of its own for the part of the input that the provider had cached.
     *
     * @throws IllegalArgumentException as for {@link #usdPerMillionTokens}
     */
    public TokenPrice withCachedInput(String usdPerMillionTokens) {
        long own = picoUsdPerToken(usdPerMillionTokens, "cachedInputUsdPerMillionTokens");
        return new TokenPrice(input, output, own, reasoning);
    }

    /**
     * This price, with one of its own for the part of the output that was reasoning.
     *
     * @throws IllegalArgumentException as for {@link #usdPerMillionTokens}
     */
    public TokenPrice withReasoning(String usdPerMillionTokens) {
        long own = picoUsdPerToken(usdPerMillionTokens, "reasoningUsdPerMillionTokens");
        return new TokenPrice(input, output, cachedInput, own);
    }

    public BigDecimal inputUsdPerMillionTokens() {
        return usd(input);
    }

    public BigDecimal outputUsdPerMillionTokens() {
        return usd(output);
    }

    /** Price of the part of the input that was cached; empty where it costs what all input costs. */
    public Optional<BigDecimal> cachedInputUsdPerMillionTokens() {
        return cachedInput == AS_THE_WHOLE ? Optional.empty() : Optional.of(usd(cachedInput));
    }

    /** Price of the part of the output that was reasoning; empty where it costs what all output costs. */
    public Optional<BigDecimal> reasoningUsdPerMillionTokens() {
        return reasoning == AS_THE_WHOLE ? Optional.empty() : Optional.of(usd(reasoning));
    }

    /** Whether tokens of every kind cost nothing, however the zeros are written. */
    public boolean isFree() {
        return input == 0 && output == 0 && cachedInput <= 0 && reasoning <= 0;
    }

    /**
     * What a call costs of whose tokens nothing else is known, as {@link #costOf(TokenCounts)} says it.
     *
     * @param inputTokens tokens of the prompt, at least 0
     * @param outputTokens tokens of the answer, at least 0
     * @throws IllegalArgumentException when a count is below 0
     * @throws ArithmeticException when the amount is beyond the largest {@link Cost}
     */
    public Cost costOf(long inputTokens, long outputTokens) {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must be at least 0, were " + inputTokens + " and " + outputTokens);
        }
        try {
            return sum(
                    Math.multiplyExact(dearest(input, cachedInput), inputTokens),
                    Math.multiplyExact(dearest(output, reasoning), outputTokens),
                    isExact(input, cachedInput, inputTokens) && isExact(output, reasoning, outputTokens));
        } catch (ArithmeticException e) {
            throw new ArithmeticException("the cost of " + inputTokens + " input and " + outputTokens
                    + " output tokens at " + this + " must be at most " + Cost.knownPicoUsd(Long.MAX_VALUE)
                    + "; check the counts and the price");
        }
    }

    /**
     * What a call costs. Known when all that its price depends on was counted. Where cached input (or reasoning) has a
     * different price and its count is unknown, or larger than the whole it is part of, all of the input (or output) is
     * charged at the dearer of the two prices: an upper bound, marked {@link Cost.Kind#ESTIMATED}. Unknown when input or
     * output were not counted, and when the amount is beyond the largest {@link Cost}; a free price costs zero all the same.
     * Never throws, for it stands in the way of a call that was answered.
     */
    public Cost costOf(TokenCounts tokens) {
        if (isFree()) {
            return Cost.zero();
        }
        if (!tokens.areComplete()) {
            return Cost.unknown();
        }
        try {
            return sum(
                    amount(input, cachedInput, tokens.input, tokens.cachedInput),
                    amount(output, reasoning, tokens.output, tokens.reasoning),
                    isExact(input, cachedInput, tokens.input, tokens.cachedInput)
                            && isExact(output, reasoning, tokens.output, tokens.reasoning));
        } catch (ArithmeticException tooLarge) {
            return Cost.unknown();
        }
    }

    private static Cost sum(long inputPicoUsd, long outputPicoUsd, boolean exact) {
        long picoUsd = Math.addExact(inputPicoUsd, outputPicoUsd);
        return exact ? Cost.knownPicoUsd(picoUsd) : Cost.estimatedPicoUsd(picoUsd);
    }

    private static long amount(long price, long partPrice, int tokens, int part) {
        if (partPrice == AS_THE_WHOLE || !isPart(part, tokens)) {
            return Math.multiplyExact(dearest(price, partPrice), tokens);
        }
        return Math.addExact(Math.multiplyExact(price, tokens - part), Math.multiplyExact(partPrice, part));
    }

    private static boolean isExact(long price, long partPrice, int tokens, int part) {
        return isPart(part, tokens) || isExact(price, partPrice, tokens);
    }

    /** Whether the count of the part makes no difference. */
    private static boolean isExact(long price, long partPrice, long tokens) {
        return partPrice == AS_THE_WHOLE || partPrice == price || tokens == 0;
    }

    private static boolean isPart(int part, int whole) {
        return part != TokenCounts.NOT_COUNTED && part <= whole;
    }

    private static long dearest(long price, long partPrice) {
        return Math.max(price, partPrice);
    }

    private static BigDecimal usd(long picoUsdPerToken) {
        BigDecimal usd =
                BigDecimal.valueOf(picoUsdPerToken, PICO_PER_TOKEN_SHIFT).stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0) : usd;
    }

    private static long picoUsdPerToken(String text, String name) {
        BigDecimal price = decimal(requireNonNull(text, name), name);
        if (price.compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be at most " + HIGHEST + " US dollars per million tokens, was " + price);
        }
        if (price.signum() < 0 || price.stripTrailingZeros().scale() > PICO_PER_TOKEN_SHIFT) {
            throw new IllegalArgumentException(name + " must be at least 0 with at most six decimals, was " + price);
        }
        return price.stripTrailingZeros().movePointRight(PICO_PER_TOKEN_SHIFT).longValueExact();
    }

    private static BigDecimal decimal(String text, String name) {
        try {
            if (text.length() <= LONGEST_TEXT) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException notANumber) {
            // its message says nothing of what was read
        }
        throw new IllegalArgumentException(name + " must be a decimal number such as 0.15, of at most " + LONGEST_TEXT
                + " characters, was \"" + text.substring(0, Math.min(LONGEST_TEXT, text.length())) + "\"");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenPrice price
                && input == price.input
                && output == price.output
                && cachedInput == price.cachedInput
                && reasoning == price.reasoning;
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, output, cachedInput, reasoning);
    }

    /** Such as {@code 0.15 in, 0.6 out, 0.075 cached in, USD per million tokens}. */
    @Override
    public String toString() {
        return inputUsdPerMillionTokens() + " in, " + outputUsdPerMillionTokens() + " out"
                + cachedInputUsdPerMillionTokens()
                        .map(usd -> ", " + usd + " cached in")
                        .orElse("")
                + reasoningUsdPerMillionTokens()
                        .map(usd -> ", " + usd + " reasoning")
                        .orElse("")
                + ", USD per million tokens";
    }
}
