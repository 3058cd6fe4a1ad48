package dev.melancia.routing;

import static dev.melancia.routing.Asks.BOTH;
import static dev.melancia.routing.Asks.flags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingPolicyJsonPropertiesTest {

    private static final int ROUNDS = 2_000;

    @Test
    void whatIsWrittenIsReadAsThePolicyThatDecidesTheSameAndIsWrittenTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RandomPolicies policies = new RandomPolicies(random);
        for (int round = 0; round < ROUNDS; round++) {
            RoutingPolicy policy = policies.next();

            String json = RoutingPolicyJson.write(policy);
            RoutingPolicy again = RoutingPolicyJson.read(json);

            String as = "seed " + seed + " round " + round + "\n" + json;
            assertThat(again.toString()).as(as).isEqualTo(policy.toString());
            assertThat(again.fallsBack()).as(as).isEqualTo(policy.fallsBack());
            assertThat(again.refusesWhenBudgetSpent()).as(as).isEqualTo(policy.refusesWhenBudgetSpent());
            assertThat(RoutingPolicyJson.write(again)).as(as).isEqualTo(json);
            assertSameDecisions(policy, again, random, as);
        }
    }

    private static void assertSameDecisions(RoutingPolicy one, RoutingPolicy other, Random random, String as) {
        RoutingTable first = one.bind(BOTH, flags());
        RoutingTable second = other.bind(BOTH, flags());
        for (int i = 0; i < 5; i++) {
            ChatRequest request =
                    Asks.say((random.nextInt(3) == 0 ? "ação " : "") + Asks.words(random.nextInt(30) + 1));
            CallContext context = RandomCalls.context(random);
            HealthSnapshot health = RandomCalls.health(random);
            long draw = random.nextLong();
            RoutingDecision decision = first.decide(request, context, health, draw);
            RoutingDecision again = second.decide(request, context, health, draw);
            assertThat(again.explanation()).as(as).isEqualTo(decision.explanation());
        }
    }
}
