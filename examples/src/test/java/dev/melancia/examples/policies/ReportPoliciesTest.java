package dev.melancia.examples.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.testkit.ScriptedChatModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPoliciesTest {

    private static final ModelId PHI3 = ModelId.of("ollama/phi3:mini");
    private static final ModelId LLAMA = ModelId.of("ollama/llama3.2:3b");
    private static final ModelId GPT = ModelId.of("openai/gpt-4o-mini");
    private static final String LONG_QUESTION = words(15);
    private static final int USERS = 5_000;
    private static final long SEED = 1_119;

    // Three times the standard deviation of a share of .8 among 5,000 users, rounded up.
    private static final double TOLERANCE = 0.018;

    private final FeatureFlags flags =
            FeatureFlags.builder().environment(variable -> null).build();

    @Test
    void chooseModelSendsFewerThanFifteenWordsToPhi3() {
        try (ModelRouter router = router(ReportPolicies.chooseModel())) {
            assertThat(answerer(router, context("premium"), words(14))).isEqualTo("phi3");
            assertThat(answerer(router, context("premium"), words(15))).isEqualTo("gpt");
            assertThat(answerer(router, context("free"), words(15))).isEqualTo("llama");
            assertThat(answerer(router, CallContext.empty(), words(15))).isEqualTo("llama");
        }
    }

    @Test
    void chooseModelCountsTheWordsOfTheQuestionAndNotOfTheAugmentedMessage() {
        try (ModelRouter router = router(ReportPolicies.chooseModel())) {
            CallContext asked = CallContext.builder().question("Quanto custa?").build();

            assertThat(answerer(router, asked, words(400))).isEqualTo("phi3");
        }
    }

    @Test
    void routeQuerySendsEveryPremiumUserToThePaidModel() {
        try (ModelRouter router = router(ReportPolicies.routeQuery())) {
            assertThat(IntStream.range(0, 200))
                    .allSatisfy(user -> assertThat(answerer(router, user("u" + user, "premium"), "Oi"))
                            .isEqualTo("gpt"));
        }
    }

    @Test
    void routeQuerySendsNineOfTenOthersToPhi3() {
        try (ModelRouter router = router(ReportPolicies.routeQuery())) {
            assertThat(share(router, PHI3)).isCloseTo(0.9, within(TOLERANCE));
            assertThat(share(router, GPT)).isCloseTo(0.1, within(TOLERANCE));
        }
    }

    @Test
    void routeQueryKeepsAUserOnOneSideOverCallsAndVersionsOfThePolicy() {
        RoutingPolicy first = ReportPolicies.routeQuery();
        try (ModelRouter router = router(first)) {
            Map<String, String> before = sides(router);
            assertThat(sides(router)).isEqualTo(before);
            assertThat(before.values()).contains("phi3", "gpt");

            router.swapPolicy(nextVersion(first));

            assertThat(router.policy().version()).isEqualTo("2");
            assertThat(sides(router)).isEqualTo(before);
        }
    }

    @Test
    void byFlagsSendsAsLargeAShareAsTheFlagSaysToPhi3() {
        try (ModelRouter router = router(ReportPolicies.byFlags())) {
            assertThat(share(router, PHI3)).isCloseTo(0.8, within(TOLERANCE));
        }
    }

    @Test
    void byFlagsSendsEverybodyToThePaidModelWhileTheFlagIsOff() {
        try (ModelRouter router = router(ReportPolicies.byFlags())) {
            flags.set(FeatureFlags.USE_OLLAMA, false);

            assertThat(share(router, GPT)).isEqualTo(1);
        }
    }

    @Test
    void byFlagsFollowsTheFlagsWithoutANewPolicyAndMovesNobodyWhoNeedNotMove() {
        try (ModelRouter router = router(ReportPolicies.byFlags())) {
            Map<String, String> before = sides(router);
            flags.set(FeatureFlags.OLLAMA_PERCENTAGE, 0.5);
            Map<String, String> after = sides(router);

            assertThat(share(router, PHI3)).isCloseTo(0.5, within(TOLERANCE * 2));
            assertThat(after).isNotEqualTo(before);
            after.forEach((user, side) -> assertThat(
                            side.equals("phi3") && before.get(user).equals("gpt"))
                    .as(user + " moved to a side that shrank")
                    .isFalse());
            flags.clear(FeatureFlags.OLLAMA_PERCENTAGE);
            assertThat(sides(router)).isEqualTo(before);
        }
    }

    @Test
    void byFlagsSaysWhichFlagsTookPart() {
        try (ModelRouter router = router(ReportPolicies.byFlags())) {
            flags.set(FeatureFlags.USE_OLLAMA, false);

            assertThat(router.explain(request("Oi"), user("ana", "free")).passedRules())
                    .singleElement()
                    .asString()
                    .contains("local allowed", "use_ollama");
        }
    }

    private ModelRouter router(RoutingPolicy policy) {
        return ModelRouter.builder()
                .model(Candidate.builder(PHI3).build(), ScriptedChatModel.answering("phi3"))
                .model(Candidate.builder(LLAMA).build(), ScriptedChatModel.answering("llama"))
                .model(Candidate.builder(GPT).build(), ScriptedChatModel.answering("gpt"))
                .policy(policy)
                .flags(flags)
                .build();
    }

    private static RoutingPolicy nextVersion(RoutingPolicy policy) {
        RoutingPolicy.Builder next = RoutingPolicy.builder(policy.id()).version("2");
        policy.rules().forEach(rule -> next.rule(rule.name() + ", reworded", rule.condition(), rule.target()));
        return next.otherwise(policy.otherwise()).build();
    }

    private static String answerer(ModelRouter router, CallContext context, String question) {
        return router.chatModel(context).chat(question);
    }

    /** Who answers each of some users. */
    private static Map<String, String> sides(ModelRouter router) {
        Map<String, String> sides = new HashMap<>();
        for (int user = 0; user < 100; user++) {
            String id = "user-" + user;
            sides.put(id, answerer(router, user(id, "free"), LONG_QUESTION));
        }
        return sides;
    }

    /** Share of many users whom the policy assigns to a model. */
    private static double share(ModelRouter router, ModelId model) {
        Random random = new Random(SEED);
        long assigned = IntStream.range(0, USERS)
                .mapToObj(i -> user(Long.toHexString(random.nextLong()), "free"))
                .filter(context -> router.explain(request(LONG_QUESTION), context)
                        .assigned()
                        .orElseThrow()
                        .equals(model))
                .count();
        return (double) assigned / USERS;
    }

    private static CallContext context(String tier) {
        return CallContext.builder().tier(tier).build();
    }

    private static CallContext user(String id, String tier) {
        return CallContext.builder().userId(id).tier(tier).build();
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static String words(int count) {
        return "palavra ".repeat(count).strip();
    }
}
