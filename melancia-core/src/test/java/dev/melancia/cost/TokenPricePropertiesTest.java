package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the same arithmetic in BigDecimal. */
class TokenPricePropertiesTest {

    private static final int ROUNDS = 20_000;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    @Test
    void aCostIsTheExactSumOfItsParts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            TokenPrice price = price(random);
            int input = random.nextInt(2_000_000);
            int output = random.nextInt(200_000);
            int cached = random.nextInt(input + 1);
            int reasoning = random.nextInt(output + 1);

            Cost cost = price.costOf(
                    TokenCounts.of(input, output).withCachedInput(cached).withReasoning(reasoning));

            BigDecimal expected = of(price.inputUsdPerMillionTokens(), input - cached)
                    .add(of(cachedInput(price), cached))
                    .add(of(price.outputUsdPerMillionTokens(), output - reasoning))
                    .add(of(reasoning(price), reasoning));
            assertThat(cost.kind()).isEqualTo(Cost.Kind.KNOWN);
            assertThat(cost.usd().orElseThrow())
                    .as("seed %d round %d: %s", seed, round, price)
                    .isEqualByComparingTo(expected);
        }
    }

    @Test
    void aCostOfWhichLessWasCountedIsNeverLower() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            TokenPrice price = price(random);
            TokenCounts bare = TokenCounts.of(random.nextInt(100_000), random.nextInt(100_000));
            int cached = random.nextInt(bare.input().getAsInt() + 1);
            int reasoning = random.nextInt(bare.output().getAsInt() + 1);
            Cost exact = price.costOf(bare.withCachedInput(cached).withReasoning(reasoning));

            for (TokenCounts less :
                    new TokenCounts[] {bare, bare.withCachedInput(cached), bare.withReasoning(reasoning)}) {
                Cost bound = price.costOf(less);
                String as = "seed " + seed + " round " + round + ": " + price + " of " + less;
                assertThat(bound.picoUsd()).as(as).isGreaterThanOrEqualTo(exact.picoUsd());
                assertThat(bound.kind() == Cost.Kind.ESTIMATED || bound.equals(exact))
                        .as(as)
                        .isTrue();
            }
        }
    }

    private static TokenPrice price(Random random) {
        TokenPrice price = TokenPrice.usdPerMillionTokens(usd(random), usd(random));
        price = random.nextBoolean() ? price.withCachedInput(usd(random)) : price;
        return random.nextBoolean() ? price.withReasoning(usd(random)) : price;
    }

    /** Of every size and number of decimals; 10,000 at most, so that every amount fits. */
    private static String usd(Random random) {
        long micro = random.nextLong(1L << (1 + random.nextInt(33)));
        return BigDecimal.valueOf(micro, 6).toPlainString();
    }

    private static BigDecimal of(BigDecimal usdPerMillion, int tokens) {
        return usdPerMillion.multiply(BigDecimal.valueOf(tokens)).divide(MILLION);
    }

    private static BigDecimal cachedInput(TokenPrice price) {
        return price.cachedInputUsdPerMillionTokens().orElseGet(price::inputUsdPerMillionTokens);
    }

    private static BigDecimal reasoning(TokenPrice price) {
        return price.reasoningUsdPerMillionTokens().orElseGet(price::outputUsdPerMillionTokens);
    }
}
