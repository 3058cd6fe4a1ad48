package dev.melancia.router;

import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.Budgets;
import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import dev.melancia.cost.DatedPrice;
import dev.melancia.cost.PriceTable;
import dev.melancia.cost.TokenPrice;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock begins with 2026; prices change with its second day. */
class DatedPricesTest {

    private static final LocalDate CHANGE = LocalDate.of(2026, 1, 2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Candidate FALLING = Candidate.of("a/falling");
    private static final Candidate STEADY = Candidate.of("a/steady");

    private static final PriceTable TABLE = PriceTable.builder()
            .add(price(FALLING, "9")
                    .validFrom(LocalDate.of(2025, 1, 1))
                    .validUntil(CHANGE)
                    .build())
            .add(price(FALLING, "1").validFrom(CHANGE).build())
            .add(price(STEADY, "3").validFrom(LocalDate.of(2025, 1, 1)).build())
            .build();

    private static final RoutingPolicy CHEAPEST = RoutingPolicy.builder("cheap")
            .otherwise(Target.cheapest(Target.models("a/falling", "a/steady")))
            .build();

    private static final String FLAG = """
            {"flags": {"chatty": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off"}}}""";

    private final Records records = new Records();
    private final HandClock clock = new HandClock();

    private static DatedPrice.Builder price(Candidate candidate, String usd) {
        return DatedPrice.builder(TokenPrice.usdPerMillionTokens(usd, usd), candidate.id())
                .source("a test")
                .asOf(LocalDate.of(2025, 12, 1));
    }

    private static Model model(String text) {
        return new Model(request -> answer(text, new TokenUsage(1, 1)));
    }

    private ModelRouterBuilder two(Candidate first) {
        return clock.in(router().model(first, model("falling")).model(STEADY, model("steady")))
                .prices(TABLE)
                .listener(records);
    }

    @Test
    void aCandidateWithoutAPriceOfItsOwnCostsWhatTheTableSaysOnTheDay() {
        try (ModelRouter router = two(FALLING).build()) {
            clock.pass(DAY.minusMillis(1));
            router.chatModel().chat("Oi");
            clock.pass(Duration.ofMillis(1));
            router.chatModel().chat("Oi");
        }
        assertThat(records.all)
                .extracting(record -> record.cost())
                .containsExactly(Cost.knownPicoUsd(18_000_000), Cost.knownPicoUsd(2_000_000));
    }

    @Test
    void aPriceOfItsOwnCountsMoreThanTheTable() {
        Candidate own = FALLING.withPrice(TokenPrice.usdPerMillionTokens("5", "5"));
        try (ModelRouter router = two(own).build()) {
            router.chatModel().chat("Oi");
            assertThat(records.only().cost()).isEqualTo(Cost.knownPicoUsd(10_000_000));
        }
    }

    @Test
    void theCheapestIsAnotherOneOnceThePriceChanged() {
        try (ModelRouter router = two(FALLING).policy(CHEAPEST).build()) {
            clock.pass(DAY.minusMillis(1));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("steady");
            clock.pass(Duration.ofMillis(1));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("falling");
        }
    }

    @Test
    void aPolicySwappedInOutlivesAChangeOfPrices() {
        try (ModelRouter router = two(FALLING).build()) {
            router.swapPolicy(CHEAPEST);
            clock.pass(DAY);
            assertThat(router.explain(say("Oi"), CallContext.empty()).policyId())
                    .isEqualTo("cheap");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("falling");
            router.swapPolicy(RoutingPolicy.inOrder("a/steady"));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("steady");
            assertThat(router.policy().id()).isEqualTo("in-order");
        }
    }

    @Test
    void aFlagThatIsGoneWhenPricesChangeBreaksNoCall(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("flags.json");
        Files.writeString(file, FLAG);
        FeatureFlags flags =
                FeatureFlags.builder().environment(name -> null).file(file).build();
        RoutingPolicy flagged = RoutingPolicy.builder("flagged")
                .rule("chatty", Condition.flagOn("chatty"), Target.models("a/falling"))
                .otherwise(Target.cheapest(Target.models("a/falling", "a/steady")))
                .build();
        try (ModelRouter router = two(FALLING).flags(flags).policy(flagged).build()) {
            Files.writeString(file, "{\"flags\": {}}");
            flags.reload();
            clock.pass(DAY);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("steady");

            Files.writeString(file, FLAG);
            flags.reload();
            clock.pass(Duration.ofMinutes(1));
            assertThat(router.chatModel().chat("Oi")).as("bound anew").isEqualTo("falling");
        }
    }

    @Test
    void aModelThatTheTableDoesNotKnowCostsNobodyKnowsWhat() {
        try (ModelRouter router = clock.in(router().model(Candidate.of("a/other"), model("other")))
                .prices(TABLE)
                .listener(records)
                .build()) {
            router.chatModel().chat("Oi");
            assertThat(records.only().cost()).isEqualTo(Cost.unknown());
        }
    }

    @Test
    void aModelWhosePriceEndedIsNotCalledUnderABudget() {
        PriceTable ending = PriceTable.builder()
                .add(price(FALLING, "9")
                        .validFrom(LocalDate.of(2025, 1, 1))
                        .validUntil(CHANGE)
                        .build())
                .add(price(STEADY, "3").validFrom(LocalDate.of(2025, 1, 1)).build())
                .build();
        try (ModelRouter router = two(FALLING)
                .prices(ending)
                .budgets(Budgets.builder().all(BudgetPeriod.DAY, "1").build())
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("falling");
            clock.pass(DAY);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("steady");
            assertThat(router.health().reason(FALLING.id()))
                    .contains("has no price now, so no budget can count its calls");
        }
        try (ModelRouter unbounded = two(FALLING).prices(ending).build()) {
            assertThat(unbounded.chatModel().chat("Oi")).as("nobody counts").isEqualTo("falling");
        }
    }

    @Test
    void aPriceThatIsYetToComeIsNoneUnderABudget() {
        PriceTable future = PriceTable.builder()
                .add(price(STEADY, "3").validFrom(CHANGE).build())
                .build();
        ModelRouterBuilder builder = clock.in(router().model(STEADY, model("steady")))
                .prices(future)
                .budgets(Budgets.builder().all(BudgetPeriod.DAY, "1").build());

        assertThatThrownBy(builder::build)
                .hasMessage("a/steady has no price now, so no budget can count its calls; give its candidate a price"
                        + " (TokenPrice.free() if it costs nothing) or the router a PriceTable");
    }
}
