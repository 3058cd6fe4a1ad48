package dev.melancia.examples.guide;

import dev.melancia.cost.Cost;
import dev.melancia.cost.CostProjection;
import dev.melancia.cost.DatedPrice;
import dev.melancia.cost.PriceTable;
import dev.melancia.cost.PriceTableJson;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.cost.Traffic;
import dev.melancia.provider.ModelId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the documents show of costs. */
final class CostGuide {

    private static final ModelId MINI = ModelId.of("openai/gpt-4o-mini");

    private CostGuide() {}

    static List<Cost> costs() {
        // region price
        TokenPrice mini = TokenPrice.usdPerMillionTokens("0.15", "0.60") // input, output
                .withCachedInput("0.075"); // and the part of the input that the provider had cached
        Cost all = mini.costOf(TokenCounts.of(2_000, 100).withCachedInput(1_500)); // known, 0.0002475 USD
        Cost bound = mini.costOf(TokenCounts.of(2_000, 100)); // estimated, at most 0.00036 USD
        Cost none = mini.costOf(TokenCounts.unknown()); // unknown, which is not zero
        // endregion
        return List.of(all, bound, none);
    }

    static String table(InstantSource clock) {
        // region table
        PriceTable own = PriceTable.builder()
                .add(DatedPrice.builder(TokenPrice.usdPerMillionTokens("0.12", "0.48"), MINI)
                        .validFrom(LocalDate.of(2026, 1, 1)) // midnight in UTC; with validUntil(...) it ends
                        .source("contract 2026-17")
                        .asOf(LocalDate.of(2025, 12, 15))
                        .build())
                .build();
        PriceTable prices = PriceTable.shipped().mergedWith(own); // of each model in it, own has all the say
        Optional<TokenPrice> now = prices.price(MINI, clock.instant());
        Optional<Instant> changes = prices.nextChange(prices.models(), clock.instant());
        // endregion
        return now.map(TokenPrice::toString).orElse("unknown") + "; next change "
                + changes.map(Instant::toString).orElse("never");
    }

    static String file(Path file) throws IOException {
        // region file
        PriceTable own = PriceTableJson.read(Files.readString(file));
        String json = PriceTableJson.write(own);
        // endregion
        return json;
    }

    static List<CostProjection> projection() {
        // region projection
        Traffic traffic = new Traffic(1_000, 900, 120); // calls a day, mean tokens in and out
        TokenPrice mini = TokenPrice.usdPerMillionTokens("0.15", "0.60"); // per million, as price lists say it
        List<CostProjection> scenarios = CostProjection.threeScenarios(traffic, mini, new BigDecimal("30"));
        // endregion
        return scenarios;
    }
}
