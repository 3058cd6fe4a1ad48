package dev.melancia.examples.guide;

import dev.melancia.cost.CostProjection;
import dev.melancia.cost.TokenPrice;
import dev.melancia.cost.Traffic;
import java.math.BigDecimal;
import java.util.List;

/** What the documents show of costs. */
final class CostGuide {

    private CostGuide() {}

    static List<CostProjection> projection() {
        // region projection
        Traffic traffic = new Traffic(1_000, 900, 120); // calls a day, mean tokens in and out
        TokenPrice mini = TokenPrice.usdPerMillionTokens("0.15", "0.60"); // per million, as price lists say it
        List<CostProjection> scenarios = CostProjection.threeScenarios(traffic, mini, new BigDecimal("30"));
        // endregion
        return scenarios;
    }
}
