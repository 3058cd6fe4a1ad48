package dev.melancia.routing;

import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.melancia.MelanciaException;
import dev.melancia.call.Urgency;
import dev.melancia.flags.Split;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingPolicyJsonTest {

    private static final String HYBRID = """
            {
              "policy": "hybrid",
              "version": "3",
              "rules": [ {
                "name": "short question",
                "when": {
                  "fewerWordsThan": 15
                },
                "to": {
                  "tier": "local"
                }
              }, {
                "name": "premium",
                "when": {
                  "all": [ {
                    "userTier": "premium"
                  }, {
                    "not": {
                      "tag": {
                        "name": "urgency",
                        "value": "low"
                      }
                    }
                  } ]
                },
                "to": {
                  "models": [ "openai/gpt-4o-mini", "ollama/phi3:mini" ]
                }
              } ],
              "otherwise": {
                "split": {
                  "id": "hybrid-local-share",
                  "share": 0.8,
                  "stickyOn": "user",
                  "arms": [ {
                    "tier": "local"
                  }, {
                    "tier": "paid"
                  } ]
                }
              },
              "fallback": true,
              "budgetSpent": "freeModel"
            }
            """;

    private static RoutingPolicy hybrid() {
        return RoutingPolicy.builder("hybrid")
                .version("3")
                .rule("short question", Condition.fewerWordsThan(15), TO_LOCAL)
                .rule(
                        "premium",
                        Condition.userTier("premium").and(Condition.not(Condition.tag("urgency", "low"))),
                        Target.models("openai/gpt-4o-mini", "ollama/phi3:mini"))
                .otherwise(Target.split("hybrid-local-share", 0.8, TO_LOCAL, TO_PAID))
                .build();
    }

    @Test
    void aPolicyFromJavaAndOneFromJsonAreTheSame() {
        assertThat(RoutingPolicyJson.write(hybrid())).isEqualTo(HYBRID);
        assertThat(RoutingPolicyJson.read(HYBRID)).hasToString(hybrid().toString());
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheBuilder() {
        RoutingPolicy policy = RoutingPolicyJson.read("""
                {"$schema": "routing-policy.schema.json", "policy": "plain", "otherwise": {"tier": "local"}}""");

        assertThat(policy)
                .hasToString(RoutingPolicy.builder("plain")
                        .otherwise(TO_LOCAL)
                        .build()
                        .toString());
        assertThat(policy.fallsBack()).isTrue();
        assertThat(RoutingPolicyJson.read(document("", "\"fallback\": false,")).fallsBack())
                .isFalse();
    }

    @Test
    void splitsHaveAShareWeightsOrAFlag() {
        assertThat(otherwise("{'share': 0.0001, 'id': 's', 'arms': [{'tier': 'a'}, {'tier': 'b'}]}"))
                .hasToString(Target.split("s", 0.0001, Target.tier("a"), Target.tier("b"))
                        .toString());
        assertThat(otherwise(
                        "{'id': 's', 'weights': [1, 0, 3], 'arms': [{'tier': 'a'}, {'tier': 'b'}, {'tier': 'c'}]}"))
                .hasToString(Target.split(
                                Split.ofWeights("s", 1, 0, 3), Target.tier("a"), Target.tier("b"), Target.tier("c"))
                        .toString());
        assertThat(otherwise("{'id': 's', 'shareFlag': 'f', 'arms': [{'tier': 'a'}, {'tier': 'b'}]}"))
                .hasToString(Target.splitByFlag("s", "f", Target.tier("a"), Target.tier("b"))
                        .toString());
    }

    @Test
    void strategiesStickyKeysAndSpentBudgetsAreTheSameFromJavaAndFromJson() {
        RoutingPolicy policy = RoutingPolicy.builder("p")
                .rule(
                        "batch",
                        Condition.urgency(Urgency.LOW).and(Condition.promptTokensAtLeast(8_000)),
                        Target.cheapest(TO_LOCAL, Target.models("openai/gpt-4o-mini")))
                .otherwise(Target.split("s", 0.5, Target.leastBusy(TO_LOCAL), Target.priority(TO_PAID))
                        .stickyOn(StickyOn.CONVERSATION))
                .refuseWhenBudgetSpent()
                .withoutFallback()
                .build();
        String json = """
                {"policy": "p", "version": "1", "rules": [{"name": "batch",
                  "when": {"all": [{"urgency": "low"}, {"promptTokensAtLeast": 8000}]},
                  "to": {"cheapest": [{"tier": "local"}, {"models": ["openai/gpt-4o-mini"]}]}}],
                 "otherwise": {"split": {"id": "s", "share": 0.5, "stickyOn": "conversation",
                   "arms": [{"leastBusy": [{"tier": "local"}]}, {"priority": [{"tier": "paid"}]}]}},
                 "fallback": false, "budgetSpent": "refuse"}""";

        assertThat(RoutingPolicyJson.write(policy).replaceAll("\\s+", "")).isEqualTo(json.replaceAll("\\s+", ""));
        assertThat(RoutingPolicyJson.read(json)).hasToString(policy.toString()).hasToString("""
                        policy p version 1
                          "batch": (urgency is low and prompt of at least 8000 tokens) -> cheapest of local, openai/gpt-4o-mini
                          otherwise -> split s[5000/10000, 5000/10000] by conversation over [least busy of local, priority of paid]
                          no fallback to other candidates
                          refuses calls when their budget is spent""");
    }

    private static Target otherwise(String split) {
        return RoutingPolicyJson.read(
                        "{\"policy\": \"p\", \"otherwise\": {\"split\": " + split.replace('\'', '"') + "}}")
                .otherwise();
    }

    /** A policy whose first rule has this condition, and more keys at the end. */
    private static String document(String when, String more) {
        String rules = when.isEmpty()
                ? ""
                : "\"rules\": [{\"name\": \"r\", \"when\": " + when.replace('\'', '"')
                        + ", \"to\": {\"tier\": \"local\"}}],";
        return "{\"policy\": \"p\", " + rules + more.replace('\'', '"') + "\"otherwise\": {\"tier\": \"local\"}}";
    }

    private static RoutingPolicyFormatException refusal(String json) {
        return catchThrowableOfType(RoutingPolicyFormatException.class, () -> RoutingPolicyJson.read(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fewerWordsThan': 0} | rules[0].when.fewerWordsThan | must be at least 1, was 0",
                "{'fewerWordsThan': '15'} | rules[0].when.fewerWordsThan"
                        + " | must be a whole number of at most 2147483647, was \"15\"; write it without quotes",
                "{'fewerWordsThan': 1.5} | rules[0].when.fewerWordsThan | was 1.5",
                "{'fewerCharactersThan': 99999999999} | rules[0].when.fewerCharactersThan | was 99999999999",
                "{'fewerWords': 3} | rules[0].when | unknown key \"fewerWords\"; known keys are [fewerWordsThan, fewerChar",
                "{} | rules[0].when | must have exactly one key of [fewerWordsThan, ",
                "{'userTier': 'a', 'tenant': 'b'} | rules[0].when | had [userTier, tenant]",
                "{'userTier': 7} | rules[0].when.userTier | must be a string, was 7; write it in quotes",
                "{'userTier': null} | rules[0].when.userTier | was null",
                "'always' | rules[0].when | must be a JSON object with keys of [fewerWordsThan, ",
                "{'tag': {'name': 'a'}} | rules[0].when.tag.value | must be given; it is missing",
                "{'tag': {'urgency': 'low'}} | rules[0].when.tag | unknown key \"urgency\"; known keys are [name, value]",
                "{'needs': 'TOOLS'} | rules[0].when.needs"
                        + " | must be one of [streaming, tools, json_schema, images], was \"TOOLS\"",
                "{'matches': '(a'} | rules[0].when.matches | must be a regular expression of java.util.regex, was \"(a\"",
                "{'containsAnyWord': ['a', '?']} | rules[0].when.containsAnyWord | letter or a digit, was \"?\"",
                "{'urgency': 'LOW'} | rules[0].when.urgency | must be one of [low, normal, high], was \"LOW\"",
                "{'promptTokensAtLeast': 0} | rules[0].when.promptTokensAtLeast | must be at least 1, was 0",
                "{'containsAnyWord': []} | rules[0].when.containsAnyWord | must have at least one entry, was []",
                "{'containsAnyWord': 'a'} | rules[0].when.containsAnyWord | must be a JSON array, was \"a\"; write it in [ ]",
                "{'all': []} | rules[0].when.all | must have at least one entry",
                "{'any': [{'not': {'all': [{'tenant': 'a'}, {'fewerWordsThan': -1}]}}]}"
                        + " | rules[0].when.any[0].not.all[1].fewerWordsThan | must be at least 1, was -1",
            })
    void aBadConditionIsRefusedWithItsPlaceAndWhy(String when, String path, String what) {
        RoutingPolicyFormatException refusal = refusal(document(when, ""));

        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal).hasMessageStartingWith(path).hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'policy': 'p'} | otherwise | must be given; it is missing",
                "{'policy': ' ', 'otherwise': {'tier': 'a'}} | policy | must not be blank, was \" \"",
                "{'policy': 'p', 'version': 3, 'otherwise': {'tier': 'a'}} | version | must be a string, was 3",
                "{'policy': 'p', 'fallback': 'no', 'otherwise': {'tier': 'a'}} | fallback | must be true or false, was \"no\"",
                "{'policy': 'p', 'rules': {}, 'otherwise': {'tier': 'a'}} | rules | must be a JSON array, was {}",
                "{'policy': 'p', 'rules': [{'name': 'r', 'if': {}}], 'otherwise': {'tier': 'a'}} | rules[0]"
                        + " | unknown key \"if\"; known keys are [name, when, to]: correct its name or remove it",
                "{'policy': 'p', 'budgetSpent': 'no', 'otherwise': {'tier': 'a'}} | budgetSpent"
                        + " | must be one of [freeModel, refuse], was \"no\"",
                "{'policy': 'p', 'otherwise': {'cheapest': {'tier': 'a'}}} | otherwise.cheapest | must be a JSON array",
                "{'policy': 'p', 'otherwise': {'fastest': []}} | otherwise.fastest | must have at least one entry",
                "{'policy': 'p', 'otherwise': {'fastest': [{'cheapest': [{'tier': 'a'}]}]}} | otherwise.fastest[0]"
                        + " | unknown key \"cheapest\"; known keys are [tier, models]",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'share': 1, 'stickyOn': 'User',"
                        + " 'arms': [{'tier': 'a'}, {'tier': 'b'}]}}} | otherwise.split.stickyOn"
                        + " | must be one of [user, tenant, conversation, request], was \"User\"",
                "{'policy': 'p', 'otherwise': {'tear': 'a'}} | otherwise | known keys are [tier, models, priority, cheapest, fastest, leastBusy, split]",
                "{'policy': 'p', 'otherwise': {'models': ['gpt']}} | otherwise.models[0]"
                        + " | model id must be provider/model (such as ollama/phi3:mini), was \"gpt\"",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'arms': [{'tier': 'a'}]}}} | otherwise.split"
                        + " | must have exactly one of [share, weights, shareFlag], had []",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'share': 1.5, 'arms': [{'tier': 'a'}, {'tier': 'b'}]}}}"
                        + " | otherwise.split.share | in [0, 1], was 1.5",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'share': 0.5, 'arms': [{'tier': 'a'}]}}}"
                        + " | otherwise.split | one target for each of its 2 arms, had 1",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'shareFlag': 'f', 'arms': [{'tier': 'a'}]}}}"
                        + " | otherwise.split | one target for each of its 2 arms, had 1",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'weights': [0, 0], 'arms': [{'tier': 'a'}, {'tier': 'b'}]}}}"
                        + " | otherwise.split.weights | sum of weights must be in [1, 2147483647], was 0",
                "{'policy': 'p', 'otherwise': {'split': {'id': 's', 'weights': [1], 'arms': [{'split': {'id': 't',"
                        + " 'weights': [1], 'arms': [{'tier': 'a'}]}}]}}}"
                        + " | otherwise.split | must not have a split as an arm",
            })
    void aBadDocumentIsRefusedWithItsPlaceAndWhy(String json, String path, String what) {
        RoutingPolicyFormatException refusal = refusal(json.replace('\'', '"'));

        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal).hasMessageStartingWith(path).hasMessageContaining(what);
    }

    @Test
    void anUnknownKeyOfTheDocumentIsRefusedByName() {
        assertThat(refusal(document("", "'otherwize': {},")))
                .isInstanceOf(MelanciaException.class)
                .hasMessage(
                        "the policy document has the unknown key \"otherwize\"; known keys are"
                                + " [$schema, policy, version, rules, otherwise, fallback, budgetSpent]: correct its name or remove it");
    }

    @Test
    void twoRulesOfOneNameAreRefused() {
        String rule = "{\"name\": \"r\", \"when\": {\"tenant\": \"a\"}, \"to\": {\"tier\": \"local\"}}";
        assertThat(refusal(document("", "'rules': [" + rule + "," + rule + "],")))
                .hasMessageContaining("must have distinct rule names, were [r, r]");
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithItsPlace() {
        RoutingPolicyFormatException refusal = refusal(document("{'not': {'tenant': 'a', 'tenant': 'b'}}", ""));

        assertThat(refusal.path()).isEqualTo("rules[0].when.not.tenant");
        assertThat(refusal).hasMessageContainingAll("Duplicate", "tenant", "line 1, column ");
    }

    @Test
    void whatIsNotOneJsonObjectIsRefused() {
        assertThat(refusal(HYBRID + "{}"))
                .hasMessageContaining("must be one JSON object; remove what follows it (line");
        assertThat(refusal(HYBRID + "x")).hasMessageContaining("the policy document");
        assertThat(refusal("")).hasMessageStartingWith("the policy document must be a JSON object");
        assertThat(refusal("[]")).hasMessageStartingWith("the policy document must be a JSON object");
        assertThat(refusal("{\"policy\": hybrid}")).hasMessageContainingAll("is not valid JSON at policy", "line 1");
        assertThat(refusal("{\"policy\": \"p\", // no comments\n}")).hasMessageContaining("is not valid JSON");
        assertThatThrownBy(() -> RoutingPolicyJson.read("[".repeat(100_000)))
                .isInstanceOf(RoutingPolicyFormatException.class);
    }

    @Test
    void aDocumentThatIsTooLongIsRefusedBeforeItIsRead() {
        String fits = HYBRID + " ".repeat(RoutingPolicyJson.MAX_CHARACTERS - HYBRID.length());

        assertThat(RoutingPolicyJson.read(fits).id()).isEqualTo("hybrid");
        assertThat(refusal(fits + " "))
                .hasMessage("the policy document must be at most 1048576 characters long, was 1048577");
    }

    @Test
    void aRuleWithTooManyConditionsIsRefusedInBothDirections() {
        Condition most = IntStream.range(1, RoutingPolicyJson.MAX_CONDITIONS_PER_RULE)
                .mapToObj(i -> Condition.tenant("t" + i))
                .reduce(Condition::or)
                .orElseThrow();
        String list = IntStream.range(0, RoutingPolicyJson.MAX_CONDITIONS_PER_RULE)
                .mapToObj(i -> "{'tenant': 't'}")
                .collect(Collectors.joining(","));

        assertThat(RoutingPolicyJson.read(RoutingPolicyJson.write(policy(most))).rules())
                .hasToString(List.of(new Rule("r", most, TO_LOCAL)).toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingPolicyJson.write(policy(most.or(Condition.tenant("x")))))
                .withMessageContaining("rule \"r\" must have at most 500 conditions, had 501");
        assertThat(refusal(document("{'any': [" + list + "]}", "")))
                .hasMessage("rules[0].when must have at most 500 conditions, had 501; make several rules of it");
    }

    private static RoutingPolicy policy(Condition condition) {
        return RoutingPolicy.builder("p")
                .rule("r", condition, TO_LOCAL)
                .otherwise(TO_PAID)
                .build();
    }

    @Test
    void aByteOrderMarkInFrontIsPassedOver() {
        assertThat(RoutingPolicyJson.read("\uFEFF" + HYBRID)).hasToString(hybrid().toString());
    }

    @Test
    void aListOfOneIsThatCondition() {
        RoutingPolicy policy = RoutingPolicyJson.read(document("{'any': [{'all': [{'tenant': 'a'}]}]}", ""));

        assertThat(policy.rules().get(0).condition()).hasToString("tenant is a");
    }

    @Test
    void aLongValueIsQuotedShortened() {
        assertThat(refusal(document("", "'version': [" + "1,".repeat(1_000) + "1],"))
                        .getMessage())
                .hasSizeLessThan(200);
    }
}
