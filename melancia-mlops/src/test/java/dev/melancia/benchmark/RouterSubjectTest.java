package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallRecord;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RouterSubjectTest {

    private static final Candidate LOCAL = Candidate.builder("ollama/phi3:mini")
            .tier("local")
            .price(TokenPrice.free())
            .build();
    private static final Candidate PAID = Candidate.builder("openai/gpt-4o-mini")
            .tier("paid")
            .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
            .build();
    private static final RoutingPolicy POLICY = RoutingPolicy.builder("p")
            .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
            .rule("short", Condition.fewerWordsThan(6), Target.tier("local"))
            .otherwise(Target.tier("paid"))
            .build();
    private static final Question SHORT = Question.builder("q", "Qual é o prazo?")
            .context("O prazo de devolução é de trinta dias corridos.")
            .tags(List.of("premium"))
            .build();

    private final List<CallRecord> records = new CopyOnWriteArrayList<>();

    @Test
    void rulesSeeTheQuestionAsItWasAskedAndTheAnswerSaysWhoGaveIt() throws Exception {
        ScriptedChatModel local = ScriptedChatModel.answering("30 dias");
        try (ModelRouter router = router().model(LOCAL, local)
                .model(PAID, ScriptedChatModel.answering("trinta"))
                .build()) {
            Answer answer = RouterSubject.builder("hybrid", router).build().answer(Ask.of(SHORT));

            assertThat(answer.text()).isEqualTo("30 dias");
            assertThat(answer.model()).hasValue("ollama/phi3:mini");
            assertThat(answer.cost()).isEqualTo(Cost.zero());
            assertThat(answer.firstTokenNanos()).isEmpty();
            assertThat(local.requests().get(0).messages().toString()).contains("trinta dias corridos");
        }
    }

    @Test
    void eachQuestionHasItsOwnCaller() throws Exception {
        try (ModelRouter router = router().model(LOCAL, ScriptedChatModel.answering("30 dias"))
                .model(PAID, ScriptedChatModel.answering("trinta").withTokenUsage(new TokenUsage(1_000, 100)))
                .build()) {
            Subject subject = RouterSubject.builder("hybrid", router)
                    .caller((ask, call) -> call.userId(
                                    "user of " + ask.question().id())
                            .tier(ask.question().tags().get(0))
                            .question("this one is replaced")
                            .listener(record -> {}))
                    .build();

            Answer answer = subject.answer(new Ask(SHORT, List.of(), 2));

            assertThat(answer.model()).hasValue("openai/gpt-4o-mini");
            assertThat(answer.cost()).hasToString("0.00021 USD");
            assertThat(answer.tokens().input()).hasValue(1_000);
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(record.userTier()).hasValue("premium");
                assertThat(record.conversationId()).hasValue("q#2");
            });
        }
    }

    @Test
    void paysForAttemptsThatDidNotAnswerToo() throws Exception {
        try (ModelRouter router = ModelRouter.builder()
                .model(PAID, ScriptedChatModel.failing(new InternalServerException("broken")))
                .model(LOCAL, ScriptedChatModel.answering("30 dias"))
                .build()) {
            Answer answer = RouterSubject.builder("hybrid", router).build().answer(Ask.of(SHORT));

            assertThat(answer.model()).hasValue("ollama/phi3:mini");
            assertThat(answer.cost())
                    .as("nobody knows what the failed one cost")
                    .isEqualTo(Cost.unknown());
        }
    }

    @Test
    void aCallThatFailsFailsItsQuestion() {
        InternalServerException broken = new InternalServerException("broken");
        try (ModelRouter router = ModelRouter.builder()
                .model(LOCAL, ScriptedChatModel.failing(broken))
                .build()) {
            Subject subject = RouterSubject.builder("r", router).build();

            assertThatThrownBy(() -> subject.answer(Ask.of(SHORT))).isSameAs(broken);
        }
    }

    @Test
    void knowsTheTimeToTheFirstTextOfAStream() throws Exception {
        try (ModelRouter router = ModelRouter.builder()
                .model(
                        LOCAL,
                        ScriptedChatModel.answering("not asked"),
                        ScriptedStreamingChatModel.answering("30", " dias"))
                .build()) {
            Answer answer =
                    RouterSubject.builder("r", router).streaming().build().answer(Ask.of(SHORT));

            assertThat(answer.text()).isEqualTo("30 dias");
            assertThat(answer.firstTokenNanos()).isPresent();
            assertThat(answer.finish()).isEqualTo(Answer.Finish.COMPLETE);
        }
    }

    @Test
    void passesTheResponseCacheByUnlessToldOtherwise() throws Exception {
        ScriptedChatModel local = ScriptedChatModel.responding(request -> ChatResponse.builder()
                .aiMessage(AiMessage.from("30 dias"))
                .metadata(new Loaded(OptionalLong.of(300)))
                .build());
        try (ModelRouter router = ModelRouter.builder()
                .model(LOCAL, local)
                .cache(ResponseCache.caffeine())
                .build()) {
            Subject fresh = RouterSubject.builder("r", router).build();
            assertThat(fresh.answer(Ask.of(SHORT)).loadNanos()).hasValue(300);
            assertThat(fresh.answer(Ask.of(SHORT)).loadNanos()).hasValue(300);
            assertThat(local.requests()).hasSize(2);

            Subject cached = RouterSubject.builder("r", router)
                    .caller((ask, call) -> call.cache(CacheMode.USE))
                    .build();
            cached.answer(Ask.of(SHORT));
            Answer hit = cached.answer(Ask.of(SHORT));
            assertThat(local.requests()).hasSize(3);
            assertThat(hit.loadNanos()).as("the loading was another call's").isEmpty();
            assertThat(hit.model()).hasValue("ollama/phi3:mini");
            assertThat(hit.cost()).isEqualTo(Cost.zero());
        }
    }

    private ModelRouterBuilder router() {
        return ModelRouter.builder().policy(POLICY).listener(records::add);
    }
}
