package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page and the schema in docs say what the reader does. */
class PriceTableDocsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String page = Files.readString(DOCS.resolve("price-table.md"));
    private final JsonNode schema = JSON.readTree(Files.readString(DOCS.resolve("price-table.schema.json")));

    PriceTableDocsTest() throws IOException {}

    private List<String> documents() {
        return JSON_BLOCK
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void everyTableOnThePageIsReadAndWrittenBack() {
        assertThat(documents()).hasSize(1).allSatisfy(json -> {
            PriceTable table = PriceTableJson.read(json);
            assertThat(PriceTableJson.read(PriceTableJson.write(table))).isEqualTo(table);
        });
    }

    @Test
    void thePageShowsEveryKey() {
        String shown = String.join("\n", documents());

        assertThat(List.of(PriceTableJson.TABLE, PriceTableJson.PRICE, PriceTableJson.USD))
                .allSatisfy(keys ->
                        assertThat(keys).allSatisfy(key -> assertThat(shown).contains("\"" + key + "\":")));
        assertThat(page.replace(",", "")).contains(PriceTableJson.MAX_CHARACTERS + " characters");
    }

    @Test
    void theSchemaListsExactlyTheKnownKeys() {
        assertKeys(schema, PriceTableJson.TABLE);
        assertKeys(schema.at("/$defs/price"), PriceTableJson.PRICE);
        assertKeys(schema.at("/$defs/price/properties/usdPerMillionTokens"), PriceTableJson.USD);
        assertThat(schema.at("/properties/version/const").textValue()).isEqualTo(PriceTableJson.VERSION);
    }

    @Test
    void whatTheSchemaRequiresTheReaderRequiresAndNothingElse() throws IOException {
        assertRequired("", schema);
        assertRequired("/prices/0", schema.at("/$defs/price"));
        assertRequired("/prices/0/usdPerMillionTokens", schema.at("/$defs/price/properties/usdPerMillionTokens"));
    }

    private void assertRequired(String place, JsonNode object) throws IOException {
        List<String> required = JSON.convertValue(
                object.path("required"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
            JsonNode document = JSON.readTree(documents().get(0));
            ((ObjectNode) document.at(place)).remove(property.getKey());
            String json = document.toString();
            if (required.contains(property.getKey())) {
                assertThatThrownBy(() -> PriceTableJson.read(json))
                        .isInstanceOf(PriceTableFormatException.class)
                        .hasMessageContaining(property.getKey() + " must be given; it is missing");
            } else {
                assertThat(PriceTableJson.read(json).entries()).isNotEmpty();
            }
        }
    }

    private static void assertKeys(JsonNode object, List<String> known) {
        assertThat(object.path("additionalProperties")).hasToString("false");
        assertThat(object.path("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(known);
    }
}
