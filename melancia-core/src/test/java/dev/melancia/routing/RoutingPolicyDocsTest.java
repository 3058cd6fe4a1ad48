package dev.melancia.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.flags.FeatureFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page and the schema in docs say what the reader does. */
class RoutingPolicyDocsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final String page = Files.readString(DOCS.resolve("routing-policy.md"));
    private final JsonNode schema =
            JsonMapper.builder().build().readTree(Files.readString(DOCS.resolve("routing-policy.schema.json")));

    RoutingPolicyDocsTest() throws IOException {}

    private List<String> documents() {
        return JSON_BLOCK
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void everyPolicyOnThePageIsReadBoundAndWrittenBack() {
        List<Candidate> candidates = new ArrayList<>(Asks.BOTH);
        candidates.add(Candidate.builder("openai/gpt-4o").tier("big").build());

        assertThat(documents()).hasSize(2).allSatisfy(json -> {
            RoutingPolicy policy = RoutingPolicyJson.read(json);
            assertThat(policy.bind(candidates, FeatureFlags.builder().build()).policy())
                    .isSameAs(policy);
            assertThat(RoutingPolicyJson.read(RoutingPolicyJson.write(policy))).hasToString(policy.toString());
        });
    }

    @Test
    void thePageShowsEveryKey() {
        String shown = String.join("\n", documents());

        assertThat(List.of(
                        RoutingPolicyJson.POLICY,
                        RoutingPolicyJson.RULE,
                        ConditionJson.KINDS,
                        ConditionJson.TAG,
                        TargetJson.KINDS,
                        TargetJson.SPLIT))
                .allSatisfy(keys ->
                        assertThat(keys).allSatisfy(key -> assertThat(shown).contains("\"" + key + "\":")));
        assertThat(ConditionJson.capabilities())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(page.replace(",", ""))
                .contains(RoutingPolicyJson.MAX_CHARACTERS + " characters")
                .contains(RoutingPolicyJson.MAX_CONDITIONS_PER_RULE + " conditions");
    }

    @Test
    void theSchemaListsExactlyTheKnownKeys() {
        JsonNode parts = schema.path("$defs");

        assertKeys(schema, RoutingPolicyJson.POLICY);
        assertKeys(parts.path("rule"), RoutingPolicyJson.RULE);
        assertKeys(parts.path("condition"), ConditionJson.KINDS);
        assertKeys(parts.path("condition").path("properties").path("tag"), ConditionJson.TAG);
        assertKeys(parts.path("target"), TargetJson.KINDS);
        assertKeys(parts.path("group"), TargetJson.GROUPS);
        assertKeys(parts.path("split"), TargetJson.SPLIT);
    }

    @Test
    void theSchemaListsExactlyTheKnownWords() {
        JsonNode condition = schema.path("$defs").path("condition").path("properties");
        JsonNode split = schema.path("$defs").path("split").path("properties");

        assertThat(words(condition.path("needs"))).isEqualTo(ConditionJson.capabilities());
        assertThat(words(condition.path("urgency"))).isEqualTo(ConditionJson.urgencies());
        assertThat(words(split.path("stickyOn"))).isEqualTo(TargetJson.stickyWords());
        assertThat(words(schema.path("properties").path("budgetSpent")))
                .containsExactly(RoutingPolicyJson.FREE_MODEL, RoutingPolicyJson.REFUSE);
    }

    private static List<String> words(JsonNode choice) {
        List<String> words = new ArrayList<>();
        choice.path("enum").forEach(word -> words.add(word.textValue()));
        return words;
    }

    private static void assertKeys(JsonNode object, List<String> known) {
        assertThat(object.path("additionalProperties")).hasToString("false");
        assertThat(object.path("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(known);
    }
}
