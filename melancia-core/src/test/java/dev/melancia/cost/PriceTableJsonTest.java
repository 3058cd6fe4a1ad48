package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.provider.ModelId;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableJsonTest {

    private static final String DOCUMENT = """
            {
              "version": "1",
              "prices": [
                {
                  "models": ["openai/o-next", "openai/o-next-2026-01-01"],
                  "validFrom": "2026-01-01",
                  "validUntil": "2027-01-01",
                  "usdPerMillionTokens": {"input": "1.1", "output": "4.40", "cachedInput": "0.275", "reasoning": "5"},
                  "source": "contract 17",
                  "asOf": "2026-01-02"
                }
              ]
            }
            """;

    @Test
    void readsEveryField() {
        PriceTable table = PriceTableJson.read("\uFEFF" + DOCUMENT);

        assertThat(table.entries())
                .containsExactly(DatedPrice.builder(
                                TokenPrice.usdPerMillionTokens("1.1", "4.4")
                                        .withCachedInput("0.275")
                                        .withReasoning("5"),
                                ModelId.of("openai/o-next"),
                                ModelId.of("openai/o-next-2026-01-01"))
                        .validFrom(LocalDate.of(2026, 1, 1))
                        .validUntil(LocalDate.of(2027, 1, 1))
                        .source("contract 17")
                        .asOf(LocalDate.of(2026, 1, 2))
                        .build());
    }

    @Test
    void whatIsWrittenIsReadAsTheSameTable() {
        for (PriceTable table : new PriceTable[] {
            PriceTableJson.read(DOCUMENT),
            PriceTable.shipped(),
            PriceTable.builder().build()
        }) {
            String json = PriceTableJson.write(table);

            assertThat(PriceTableJson.read(json)).isEqualTo(table);
            assertThat(PriceTableJson.write(PriceTableJson.read(json))).isEqualTo(json);
            assertThat(json).endsWith("}\n").doesNotContain("\r");
        }
    }

    @Test
    void writesPricesAsStringsThatAreExact() {
        DatedPrice entry = PriceTableTest.price(
                        TokenPrice.usdPerMillionTokens("100000", "0.000001"), LocalDate.EPOCH, ModelId.of("a/b"))
                .build();

        assertThat(PriceTableJson.write(PriceTable.builder().add(entry).build()))
                .contains("\"input\": \"100000\"")
                .contains("\"output\": \"0.000001\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "version": "1"         | "version": "2"         | version | must be "1", was "2"; read the document with
            "version": "1"         | "version": 1           | version | must be a string, was 1; write it in quotes
            "version": "1",        | ^^                     | version | must be given; it is missing
            "version"              | "currency": "EUR", "version" | ^^ | has the unknown key "currency"; known keys are [$schema,
            "source"               | "sauce": "", "source"  | prices[0] | has the unknown key "sauce"
            "input"                | "images": "1", "input" | prices[0].usdPerMillionTokens | has the unknown key "images"
            "input": "1.1",        | ^^                     | prices[0].usdPerMillionTokens.input | must be given
            "1.1"                  | 1.1                    | prices[0].usdPerMillionTokens.input | decimal number in quotes such as "0.15", with at most six decimals, was 1.1
            "1.1"                  | "1e3"                  | prices[0].usdPerMillionTokens.input | was "1e3"
            "1.1"                  | "1."                   | prices[0].usdPerMillionTokens.input | was "1."
            "1.1"                  | "0.1234567"            | prices[0].usdPerMillionTokens.input | was "0.1234567"
            "1.1"                  | "-1"                   | prices[0].usdPerMillionTokens.input | was "-1"
            "1.1"                  | "100001"               | prices[0].usdPerMillionTokens | inputUsdPerMillionTokens must be at most 100000
            "0.275"                | "999999"               | prices[0].usdPerMillionTokens.cachedInput | must be at most 100000
            "5"                    | ".5"                   | prices[0].usdPerMillionTokens.reasoning | was ".5"
            "openai/o-next",       | "o-next",              | prices[0].models[0] | model id must be provider/model
            "openai/o-next-2026-01-01" | "openai/o-next"    | prices[0].models | none twice
            "openai/o-next", "openai/o-next-2026-01-01" | ^^ | prices[0].models | at least one model
            "2026-01-01",          | "1.1.2026",            | prices[0].validFrom | must be a day such as "2026-01-31", was "1.1.2026"
            "2026-01-01",          | "1969-12-31",          | prices[0].validFrom | between 1970-01-01 and 9999-12-31
            "2027-01-01"           | "2026-01-01"           | prices[0] | validUntil must be after validFrom
            "contract 17"          | " "                    | prices[0].source | source must not be blank
            "2026-01-02"           | null                   | prices[0].asOf | must be a string, was null
            """)
    void refusesWithPlaceRuleAndValue(String part, String wrong, String path, String message) {
        String json = DOCUMENT.replace(part, wrong);
        assertThat(json).isNotEqualTo(DOCUMENT);

        assertThatThrownBy(() -> PriceTableJson.read(json))
                .isInstanceOfSatisfying(
                        PriceTableFormatException.class,
                        e -> assertThat(e.path()).isEqualTo(path))
                .hasMessageStartingWith(path.isEmpty() ? "the price document" : path)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNotOneDocument() {
        assertRefused("[]", "the price document must be a JSON object");
        assertRefused("", "must be a JSON object");
        assertRefused("{", "is not valid JSON");
        assertRefused(DOCUMENT + "{}", "must be one JSON object; remove what follows it");
        assertRefused(DOCUMENT.replace("\"asOf\"", "\"source\": \"x\", \"asOf\""), "Duplicate field 'source'");
        assertRefused(" ".repeat(PriceTableJson.MAX_CHARACTERS + 1), "must be at most 1048576 characters long");
    }

    @Test
    void refusesPricesThatOverlap() {
        String entry = DOCUMENT.substring(DOCUMENT.indexOf("    {"), DOCUMENT.lastIndexOf(']'))
                .strip();

        assertThatThrownBy(() -> PriceTableJson.read(DOCUMENT.replace(entry, entry + "," + entry)))
                .isInstanceOf(PriceTableFormatException.class)
                .hasMessage("prices: openai/o-next: the price from 2026-01-01 until 2027-01-01 overlaps the one from"
                        + " 2026-01-01; remove one of them");
    }

    @Test
    void aTableTooLongToBeReadIsNotWritten() {
        PriceTable.Builder table = PriceTable.builder();
        for (int i = 0; i < 600; i++) {
            table.add(PriceTableTest.price(TokenPrice.free(), LocalDate.EPOCH, ModelId.of("a/b" + i))
                    .source("x".repeat(2_000))
                    .build());
        }

        assertThatThrownBy(() -> PriceTableJson.write(table.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at most 1048576 characters long, was");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> PriceTableJson.read(json))
                .isInstanceOf(PriceTableFormatException.class)
                .hasMessageContaining(message);
    }
}
