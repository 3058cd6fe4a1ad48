package dev.melancia.routing;

import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static dev.melancia.routing.Asks.decide;
import static dev.melancia.routing.Asks.say;
import static dev.melancia.routing.Asks.table;
import static dev.melancia.routing.Asks.tier;
import static dev.melancia.routing.Asks.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionTextTest {

    private final RoutingTable table = table(RoutingPolicy.builder("hybrid")
            .rule("short question", Condition.fewerWordsThan(15), TO_LOCAL)
            .rule("tagged", Condition.tag("urgency", "low"), TO_LOCAL)
            .rule("off", Condition.not(Condition.flagOn(FeatureFlags.USE_OLLAMA)), TO_PAID)
            .rule("premium", Condition.userTier("premium").and(Condition.fewerWordsThan(100)), TO_PAID)
            .otherwise(TO_LOCAL));

    @Test
    void theReasonQuotesRuleConditionWhatItSawAndTarget() {
        assertThat(decide(table, say(words(14)), NOBODY).reason())
                .isEqualTo("rule 1 \"short question\": fewer than 15 words (had 14) -> local");
        assertThat(decide(table, say(words(16)), tier("premium")).reason())
                .isEqualTo("rule 4 \"premium\": (user tier is premium and fewer than 100 words)"
                        + " (was premium) (had 16) -> paid");
        assertThat(decide(table, say(words(16)), tier("free")).reason()).isEqualTo("no rule took it -> local");
    }

    @Test
    void everyRuleThatWasAskedInVainHasALine() {
        RoutingDecision decision = decide(table, say(words(500)), NOBODY);

        assertThat(decision.passedRules())
                .containsExactly(
                        "rule 1 \"short question\" did not apply: fewer than 15 words (had at least 100)",
                        "rule 2 \"tagged\" did not apply: tag urgency is low",
                        "rule 3 \"off\" did not apply: not flag use_ollama is on",
                        "rule 4 \"premium\" did not apply: (user tier is premium and fewer than 100 words)"
                                + " (was not given) (had at least 100)");
        assertThat(decide(table, say("Oi"), NOBODY).passedRules()).isEmpty();
    }

    @Test
    void theExplanationHasRulesReasonOrderAndWhoWasPassedOver() {
        HealthSnapshot health = HealthSnapshot.unavailable(Map.of(Asks.LOCAL.id(), "is resting"));

        assertThat(table.decide(say(words(20)), tier("premium"), health, 0).explanation())
                .isEqualTo("""
                        policy hybrid version 1
                        rule 1 "short question" did not apply: fewer than 15 words (had 20)
                        rule 2 "tagged" did not apply: tag urgency is low
                        rule 3 "off" did not apply: not flag use_ollama is on
                        rule 4 "premium": (user tier is premium and fewer than 100 words) (was premium) (had 20) -> paid
                          1. openai/gpt-4o-mini (paid)
                          passed over ollama/phi3:mini: is resting""");
    }

    @Test
    void aDecisionHoldsNeitherUserNorQuestion() throws IllegalAccessException {
        CallContext context = CallContext.builder()
                .userId("user-SECRET")
                .tenant("tenant-SECRET")
                .question("question SECRET " + words(20))
                .tag("t", "tag-SECRET")
                .build();

        RoutingDecision decision = decide(table, say("message SECRET"), context);

        assertThat(decision + decision.explanation()).doesNotContain("SECRET");
        assertThat(stringsReachableFrom(decision)).isNotEmpty().noneMatch(text -> text.contains("SECRET"));
    }

    /** Walks the object graph of our own classes and the collections in them. */
    private static Set<String> stringsReachableFrom(Object root) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> strings = new java.util.TreeSet<>();
        Deque<Object> open = new ArrayDeque<>(java.util.List.of(root));
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof String text) {
                strings.add(text);
            } else if (seen.add(next)) {
                children(next).forEach(open::push);
            }
        }
        return strings;
    }

    private static Collection<?> children(Object object) throws IllegalAccessException {
        if (object instanceof Collection<?> collection) {
            return collection;
        }
        if (object instanceof Map<?, ?> map) {
            return java.util.stream.Stream.concat(map.keySet().stream(), map.values().stream())
                    .toList();
        }
        return object.getClass().getName().startsWith("dev.") ? fields(object) : Set.of();
    }

    private static Collection<Object> fields(Object object) throws IllegalAccessException {
        Collection<Object> values = new ArrayDeque<>();
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            Field[] fields = type.getDeclaredFields();
            AccessibleObject.setAccessible(fields, true);
            for (Field field : fields) {
                Object value = Modifier.isStatic(field.getModifiers()) ? null : field.get(object);
                if (value != null) {
                    values.add(value);
                }
            }
            if (type.isEnum()) {
                break;
            }
        }
        return values;
    }
}
