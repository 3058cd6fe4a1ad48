package dev.melancia.routing;

import static dev.melancia.routing.Asks.BOTH;
import static dev.melancia.routing.Asks.LOCAL;
import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.PAID;
import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static dev.melancia.routing.Asks.decide;
import static dev.melancia.routing.Asks.flags;
import static dev.melancia.routing.Asks.say;
import static dev.melancia.routing.Asks.table;
import static dev.melancia.routing.Asks.tier;
import static dev.melancia.routing.Asks.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingRulesTest {

    private final RoutingTable hybrid = table(RoutingPolicy.builder("hybrid")
            .version("7")
            .rule("short question", Condition.fewerWordsThan(15), TO_LOCAL)
            .rule("premium", Condition.userTier("premium"), TO_PAID)
            .otherwise(TO_LOCAL));

    @Test
    void shortQuestionsGoToTheLocalModelUpToTheThreshold() {
        assertThat(decide(hybrid, say(words(14)), tier("premium")).assigned()).contains(LOCAL.id());
        assertThat(decide(hybrid, say(words(15)), tier("premium")).assigned()).contains(PAID.id());
        assertThat(decide(hybrid, say(words(16)), tier("premium")).assigned()).contains(PAID.id());
    }

    @Test
    void unicodeSpaceCountsAsSpace() {
        String fifteen = words(15).replace(' ', '\u00A0');
        String fourteen = words(14).replace(' ', '\t');

        assertThat(decide(hybrid, say(fifteen), tier("premium")).assigned()).contains(PAID.id());
        assertThat(decide(hybrid, say(fourteen), tier("premium")).assigned()).contains(LOCAL.id());
    }

    @Test
    void theFirstRuleThatHoldsDecides() {
        RoutingTable turned = table(RoutingPolicy.builder("turned")
                .rule("premium", Condition.userTier("premium"), TO_PAID)
                .rule("short question", Condition.fewerWordsThan(15), TO_LOCAL)
                .otherwise(TO_LOCAL));

        RoutingDecision decision = decide(turned, say("Oi"), tier("premium"));

        assertThat(decision.assigned()).contains(PAID.id());
        assertThat(decision.rule()).contains("premium");
    }

    @Test
    void otherCandidatesFollowInDeclaredOrderUnlessFallbackIsOff() {
        RoutingTable strict =
                table(RoutingPolicy.builder("strict").otherwise(TO_PAID).withoutFallback());

        assertThat(decide(hybrid, say(words(20)), tier("premium")).candidates()).containsExactly(PAID, LOCAL);
        assertThat(decide(strict, say("Oi"), NOBODY).candidates()).containsExactly(PAID);
    }

    @Test
    void conditionsCombine() {
        RoutingTable table = table(RoutingPolicy.builder("combined")
                .rule(
                        "batch",
                        Condition.tag("urgency", "low").and(Condition.not(Condition.userTier("premium"))),
                        TO_LOCAL)
                .rule("either", Condition.userTier("gold").or(Condition.fewerWordsThan(3)), TO_LOCAL)
                .otherwise(TO_PAID));
        CallContext low = CallContext.builder().tag("urgency", "low").build();
        CallContext premiumLow =
                CallContext.builder().tag("urgency", "low").tier("premium").build();

        assertThat(decide(table, say(words(5)), low).rule()).contains("batch");
        assertThat(decide(table, say(words(5)), premiumLow).rule()).isEmpty();
        assertThat(decide(table, say(words(5)), tier("gold")).rule()).contains("either");
        assertThat(decide(table, say(words(2)), NOBODY).rule()).contains("either");
        assertThat(decide(table, say(words(3)), NOBODY).rule()).isEmpty();
    }

    @Test
    void flagSwitchesARuleWithoutADeploy() {
        FeatureFlags flags = flags();
        RoutingTable table = RoutingPolicy.builder("flagged")
                .rule("local", Condition.flagOn(FeatureFlags.USE_OLLAMA), TO_LOCAL)
                .otherwise(TO_PAID)
                .build()
                .bind(BOTH, flags);

        RoutingDecision on = decide(table, say("Oi"), NOBODY);
        flags.set(FeatureFlags.USE_OLLAMA, false);
        RoutingDecision off = decide(table, say("Oi"), NOBODY);

        assertThat(on.assigned()).contains(LOCAL.id());
        assertThat(off.assigned()).contains(PAID.id());
        assertThat(on.flags()).containsExactly(new FlagSeen(FeatureFlags.USE_OLLAMA, "true", "DEFAULT"));
        assertThat(off.flags()).extracting(FlagSeen::value).containsExactly("false");
    }

    @Test
    void theUsersOwnQuestionWinsOverTheAugmentedMessage() {
        CallContext asked = CallContext.builder().question("O que é ROAS?").build();

        assertThat(decide(hybrid, say(words(200)), asked).rule()).contains("short question");
    }

    @Test
    void theLastUserMessageWithTextIsTheQuestion() {
        ChatRequest request = ChatRequest.builder()
                .messages(
                        SystemMessage.from(words(30)),
                        UserMessage.from(words(30)),
                        AiMessage.from(words(30)),
                        UserMessage.from(TextContent.from("O que é"), TextContent.from("isto?")),
                        UserMessage.from(ImageContent.from("http://example.org/a.png")))
                .build();

        assertThat(Question.of(request, NOBODY)).isEqualTo("O que é\nisto?");
        assertThat(decide(hybrid, request, NOBODY).rule()).contains("short question");
    }

    @Test
    void toolResultsAreNeverTheQuestion() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(words(20)), ToolExecutionResultMessage.from("call-1", "weather", "sunny"))
                .build();

        assertThat(Question.of(request, NOBODY)).isEqualTo(words(20));
    }

    @Test
    void withoutAUserMessageTheQuestionIsEmpty() {
        ChatRequest request =
                ChatRequest.builder().messages(SystemMessage.from(words(20))).build();

        assertThat(Question.of(request, NOBODY)).isEmpty();
        assertThat(decide(hybrid, request, NOBODY).rule()).contains("short question");
    }

    @Test
    void theCallerForcesAModelAndNoOtherIsTried() {
        CallContext forced = CallContext.builder().forcedModel(PAID.id()).build();

        RoutingDecision decision = decide(hybrid, say("Oi"), forced);

        assertThat(decision.candidates()).containsExactly(PAID);
        assertThat(decision.reason()).isEqualTo("the caller forced openai/gpt-4o-mini");
        assertThat(decision.rule()).isEmpty();
        assertThat(decision.passedRules()).isEmpty();
    }

    @Test
    void forcingAnUnknownModelNamesThoseKnown() {
        CallContext forced =
                CallContext.builder().forcedModel(ModelId.of("openai/gpt-9")).build();

        RoutingDecision decision = decide(hybrid, say("Oi"), forced);

        assertThat(decision.candidates()).isEmpty();
        assertThat(decision.assigned()).isEmpty();
        assertThat(decision.reason())
                .isEqualTo("the caller forced openai/gpt-9, which is no candidate;"
                        + " candidates are [ollama/phi3:mini, openai/gpt-4o-mini]");
    }

    @Test
    void aToolTurnContinuesOnTheModelThatAsked() {
        RoutingDecision decision = hybrid.continueWith(PAID.id(), say("Oi"), NOBODY, HealthSnapshot.allAvailable());

        assertThat(decision.candidates()).containsExactly(PAID, LOCAL);
        assertThat(decision.reason()).isEqualTo("openai/gpt-4o-mini asked for the tool whose result this turn brings");
        assertThatThrownBy(() -> hybrid.continueWith(
                        ModelId.of("openai/gpt-9"), say("Oi"), NOBODY, HealthSnapshot.allAvailable()))
                .hasMessage("openai/gpt-9 is no candidate; candidates are [ollama/phi3:mini, openai/gpt-4o-mini]");
    }

    @Test
    void aPolicyPrintsItself() {
        assertThat(hybrid.policy()).hasToString("""
                        policy hybrid version 7
                          "short question": fewer than 15 words -> local
                          "premium": user tier is premium -> paid
                          otherwise -> local""");
    }

    @Test
    void namesNobodyKnowsAreRefusedWhenThePolicyIsBound() {
        assertRefused(Target.tier("gpu"), "tier \"gpu\"", "ollama/phi3:mini (local), openai/gpt-4o-mini (paid)");
        assertRefused(Target.models("openai/gpt-9"), "openai/gpt-9", "ollama/phi3:mini (local)");
        assertRefused(Target.splitByFlag("s", "no_such_flag", TO_LOCAL, TO_PAID), "no_such_flag", "ollama_percentage");
        assertRefused(Target.split("s", 0.5, TO_LOCAL, Target.tier("gpu")), "tier \"gpu\"", "ollama/phi3:mini");
        RoutingPolicy unknownFlag = RoutingPolicy.builder("p")
                .rule("r", Condition.not(Condition.flagOn("no_such_flag").and(Condition.userTier("a"))), TO_LOCAL)
                .otherwise(TO_PAID)
                .build();
        assertThatThrownBy(() -> unknownFlag.bind(BOTH, flags()))
                .hasMessageContainingAll("no_such_flag", FeatureFlags.USE_OLLAMA);
    }

    private static void assertRefused(Target target, String name, String known) {
        RoutingPolicy policy = RoutingPolicy.builder("p").otherwise(target).build();
        assertThatThrownBy(() -> policy.bind(BOTH, flags())).hasMessageContainingAll(name, known);
    }

    @Test
    void aPolicyWithAHoleIsRefusedWhenItIsBuilt() {
        assertThatThrownBy(() -> RoutingPolicy.builder("p").build()).hasMessageContaining("add otherwise(…)");
        assertThatThrownBy(() -> RoutingPolicy.builder("p")
                        .rule("r", Condition.userTier("a"), TO_LOCAL)
                        .rule("r", Condition.userTier("b"), TO_PAID)
                        .otherwise(TO_PAID)
                        .build())
                .hasMessageContaining("distinct rule names, were [r, r]");
        assertThatThrownBy(() -> RoutingPolicy.builder(" ")).hasMessageContaining("must not be blank");
        assertThatThrownBy(() -> Condition.fewerWordsThan(0)).hasMessageContaining("was 0");
        assertThatThrownBy(() -> RoutingPolicy.inOrder("openai/gpt-4o-mini").bind(List.of(PAID, PAID), flags()))
                .hasMessageContaining("each model once");
    }
}
