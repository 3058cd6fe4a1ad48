package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.provider.ModelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTableTest {

    private static final ModelId MINI = ModelId.of("openai/gpt-4o-mini");
    private static final ModelId DATED = ModelId.of("openai/gpt-4o-mini-2024-07-18");
    private static final ModelId OTHER = ModelId.of("openai/other");
    private static final TokenPrice OLD = TokenPrice.usdPerMillionTokens("2", "8");
    private static final TokenPrice NEW = TokenPrice.usdPerMillionTokens("1", "4");
    private static final LocalDate CHANGE = LocalDate.of(2026, 3, 1);

    private final PriceTable table = PriceTable.builder()
            .add(price(NEW, CHANGE, MINI, DATED).build())
            .add(price(OLD, LocalDate.of(2025, 1, 1), MINI, DATED)
                    .validUntil(CHANGE)
                    .build())
            .build();

    static DatedPrice.Builder price(TokenPrice price, LocalDate from, ModelId... models) {
        return DatedPrice.builder(price, models)
                .validFrom(from)
                .source("a test")
                .asOf(from);
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    @Test
    void aPriceHoldsFromMidnightOfItsFirstDayUntilMidnightOfItsEnd() {
        assertThat(table.price(MINI, at("2024-12-31T23:59:59.999Z"))).isEmpty();
        assertThat(table.price(MINI, at("2025-01-01T00:00:00Z"))).contains(OLD);
        assertThat(table.price(DATED, at("2026-02-28T23:59:59.999999999Z"))).contains(OLD);
        assertThat(table.price(MINI, at("2026-03-01T00:00:00Z"))).contains(NEW);
        assertThat(table.price(MINI, Instant.MAX)).contains(NEW);
        assertThat(table.price(MINI, Instant.MIN)).isEmpty();
        assertThat(table.price(OTHER, at("2026-03-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void namesAreExact() {
        assertThat(table.models()).containsExactly(MINI, DATED);
        assertThat(table.prices(MINI)).extracting(DatedPrice::price).containsExactly(OLD, NEW);
        assertThat(table.prices(ModelId.of("openai/gpt-4o"))).isEmpty();
        assertThat(table.prices(ModelId.of("azure/gpt-4o-mini"))).isEmpty();
    }

    @Test
    void aScheduleAnswersWithAPriceItKeeps() {
        PriceSchedule schedule = table.schedule(MINI);
        long before = CHANGE.toEpochDay() * 86_400_000 - 1;

        assertThat(schedule.at(before)).contains(OLD).isSameAs(schedule.at(before - 1));
        assertThat(schedule.at(before + 1)).contains(NEW).isSameAs(schedule.at(Long.MAX_VALUE - 1));
        assertThat(table.schedule(OTHER)).isSameAs(PriceSchedule.none());
        assertThat(PriceSchedule.none().at(before)).isEmpty();
        assertThat(PriceSchedule.none().nextChange(before)).isEmpty();
        assertThat(PriceSchedule.always(OLD).at(Long.MIN_VALUE)).contains(OLD);
        assertThat(PriceSchedule.always(OLD).nextChange(Long.MIN_VALUE)).isEmpty();
    }

    @Test
    void tellsWhenAPriceChangesNext() {
        PriceTable ends = PriceTable.builder()
                .add(price(OLD, LocalDate.of(2026, 1, 1), OTHER)
                        .validUntil(LocalDate.of(2026, 2, 1))
                        .build())
                .build();
        PriceTable both = table.mergedWith(ends);
        List<ModelId> all = List.of(MINI, DATED, OTHER, ModelId.of("x/none"));

        assertThat(both.nextChange(all, Instant.EPOCH)).contains(at("2025-01-01T00:00:00Z"));
        assertThat(both.nextChange(all, at("2025-01-01T00:00:00Z"))).contains(at("2026-01-01T00:00:00Z"));
        assertThat(both.nextChange(all, at("2026-01-31T23:59:59.5Z"))).contains(at("2026-02-01T00:00:00Z"));
        assertThat(both.nextChange(all, at("2026-02-01T00:00:00.5Z"))).contains(at("2026-03-01T00:00:00Z"));
        assertThat(both.nextChange(all, at("2026-03-01T00:00:00Z"))).isEmpty();
        assertThat(both.nextChange(List.of(OTHER), at("2026-02-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void ownPricesOfAModelReplaceAllOthersOfIt() {
        TokenPrice contract = TokenPrice.usdPerMillionTokens("0.1", "0.4");
        PriceTable own = PriceTable.builder()
                .add(price(contract, CHANGE, MINI).build())
                .add(price(NEW, CHANGE, OTHER).build())
                .build();

        PriceTable merged = table.mergedWith(own);

        assertThat(merged.price(MINI, at("2026-03-01T00:00:00Z"))).contains(contract);
        assertThat(merged.price(MINI, at("2025-06-01T00:00:00Z")))
                .as("a price of the shipped list before the contract began would be a guess")
                .isEmpty();
        assertThat(merged.price(DATED, at("2025-06-01T00:00:00Z"))).contains(OLD);
        assertThat(merged.models()).containsExactlyInAnyOrder(MINI, DATED, OTHER);
        assertThat(table.price(MINI, at("2026-03-01T00:00:00Z")))
                .as("the merged one is another table")
                .contains(NEW);
    }

    @Test
    void refusesPricesThatOverlapAndNamesTheModel() {
        DatedPrice open = price(OLD, LocalDate.of(2025, 1, 1), OTHER, MINI).build();
        DatedPrice later = price(NEW, CHANGE, MINI).build();

        assertThatThrownBy(() -> PriceTable.builder().add(later).add(open).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("openai/gpt-4o-mini: the price from 2025-01-01 overlaps the one from 2026-03-01;"
                        + " end the first with a validUntil of 2026-03-01 at the latest");
        assertThatThrownBy(() -> PriceTable.builder().add(later).add(later).build())
                .hasMessage("openai/gpt-4o-mini: the price from 2026-03-01 overlaps the one from 2026-03-01;"
                        + " remove one of them");
    }

    @Test
    void refusesAPriceWithoutItsDateOrSource() {
        assertThatThrownBy(() ->
                        DatedPrice.builder(OLD, MINI).source("x").asOf(CHANGE).build())
                .hasMessage("price of [openai/gpt-4o-mini]: validFrom must be given");
        assertThatThrownBy(() -> DatedPrice.builder(OLD, MINI)
                        .validFrom(CHANGE)
                        .asOf(CHANGE)
                        .build())
                .hasMessageContaining("source must be given");
        assertThatThrownBy(() -> DatedPrice.builder(OLD, MINI)
                        .validFrom(CHANGE)
                        .source("x")
                        .build())
                .hasMessageContaining("asOf must be given");
        assertThatThrownBy(() -> DatedPrice.builder(OLD, MINI).source(" ")).hasMessageContaining("must not be blank");
    }

    @Test
    void refusesAPriceThatNamesNoModelOrEndsBeforeItBegins() {
        assertThatThrownBy(() -> DatedPrice.builder(OLD)).hasMessageContaining("at least one model");
        assertThatThrownBy(() -> DatedPrice.builder(OLD, MINI, MINI)).hasMessageContaining("none twice");
        assertThatThrownBy(() -> price(OLD, CHANGE, MINI).validUntil(CHANGE).build())
                .hasMessage("price of [openai/gpt-4o-mini]: validUntil must be after validFrom 2026-03-01, was"
                        + " 2026-03-01");
        assertThatThrownBy(() -> price(OLD, LocalDate.MAX, MINI))
                .hasMessageContaining("validFrom must be between 1970-01-01 and 9999-12-31, was +999999999-12-31");
    }

    @Test
    void isAValue() {
        PriceTable same = PriceTable.builder()
                .add(table.entries().get(0))
                .add(table.entries().get(1))
                .build();

        assertThat(same).isEqualTo(table).hasSameHashCodeAs(table);
        assertThat(table).hasToString("PriceTable[2 prices of 2 models]");
        assertThat(table.entries().get(1))
                .hasToString("[openai/gpt-4o-mini, openai/gpt-4o-mini-2024-07-18]: 2 in, 8 out, USD per million tokens"
                        + " from 2025-01-01 until 2026-03-01 (a test, as of 2025-01-01)");
    }
}
