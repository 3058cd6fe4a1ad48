package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachedCallTest {

    private static final Candidate PRICED = Candidate.builder("openai/gpt-4o-mini")
            .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
            .build();

    private final Records records = new Records();
    private final ResponseCache cache = ResponseCache.caffeine();
    private final AtomicInteger number = new AtomicInteger();

    /** Answers 1, 2, 3: an answer given again shows. */
    private final Model counting = new Model(request -> answer(String.valueOf(number.incrementAndGet())));

    private ModelRouterBuilder cached() {
        return router().cache(cache).listener(records);
    }

    private static CallContext with(CacheMode mode) {
        return CallContext.builder().cache(mode).build();
    }

    private static CallContext tenant(String tenant) {
        return CallContext.builder().tenant(tenant).build();
    }

    @Test
    void theSameQuestionAsksTheModelOnce() {
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            ChatResponse first = router.chatModel().chat(say("Oi"));
            ChatResponse second = router.chatModel().chat(say("Oi"));

            assertThat(second).isSameAs(first);
            assertThat(router.chatModel().chat(say("Olá"))).isNotEqualTo(first);
            assertThat(counting.calls()).isEqualTo(2);
        }
    }

    @Test
    void withoutACacheEveryCallAsks() {
        try (ModelRouter router = router().model(LOCAL, counting).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
        }
    }

    @Test
    void aHitIsRecordedWithWhatItSaved() {
        Model model = new Model(request -> answer("Oi!", new TokenUsage(900, 120)));
        try (ModelRouter router = cached().model(PRICED, model).build()) {
            router.chatModel().chat("Oi");
            router.chatModel().chat("Oi");
        }

        CallRecord miss = records.all.get(0);
        CallRecord hit = records.all.get(1);
        assertThat(miss.isCacheHit()).isFalse();
        assertThat(miss.savedCost()).isEqualTo(Cost.zero());
        assertThat(hit.isCacheHit()).isTrue();
        assertThat(hit.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(hit.attempts()).isEmpty();
        assertThat(hit.answeredBy()).contains(PRICED.id());
        assertThat(hit.assigned()).contains(PRICED.id());
        assertThat(hit.fellBack()).isFalse();
        assertThat(hit.cost()).isEqualTo(Cost.zero());
        assertThat(hit.savedCost()).isEqualTo(miss.cost()).hasToString("0.000207 USD");
    }

    @Test
    void whatAHitSavedIsUnknownWhereTheAnswersCostWas() {
        try (ModelRouter router = cached().model(PRICED, counting).build()) {
            router.chatModel().chat("Oi");
            router.chatModel().chat("Oi");
        }

        assertThat(records.all.get(1).savedCost()).isEqualTo(Cost.unknown());
        assertThat(records.all.get(1).cost()).isEqualTo(Cost.zero());
    }

    @Test
    void tenantsDoNotShareAnswers() {
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            assertThat(router.chatModel(tenant("loja-1")).chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel(tenant("loja-2")).chat("Oi")).isEqualTo("2");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("3");
            assertThat(router.chatModel(tenant("loja-1")).chat("Oi")).isEqualTo("1");
        }
    }

    @Test
    void anotherVersionOfThePromptIsAskedAnew() {
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            CallContext old = CallContext.builder().promptVersion("answer@3").build();
            CallContext next = CallContext.builder().promptVersion("answer@4").build();

            assertThat(router.chatModel(old).chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel(next).chat("Oi")).isEqualTo("2");
            assertThat(router.chatModel(old).chat("Oi")).isEqualTo("1");
        }
    }

    @Test
    void anotherTemperatureIsAskedAnew() {
        ChatRequest warm = say("Oi").toBuilder().temperature(0.9).build();
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            router.chatModel().chat(say("Oi"));
            router.chatModel().chat(warm);

            assertThat(counting.calls()).isEqualTo(2);
        }
    }

    @Test
    void refreshAsksAndReplaces() {
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            router.chatModel().chat("Oi");

            assertThat(router.chatModel(with(CacheMode.REFRESH)).chat("Oi")).isEqualTo("2");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
        }
    }

    @Test
    void bypassNeitherTakesNorKeeps() {
        try (ModelRouter router = cached().model(LOCAL, counting).build()) {
            assertThat(router.chatModel(with(CacheMode.BYPASS)).chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
            assertThat(router.chatModel(with(CacheMode.BYPASS)).chat("Oi")).isEqualTo("3");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
        }
    }

    @Test
    void theFlagSwitchesReadingAndKeepingWhileTheRouterRuns() {
        FeatureFlags flags = FeatureFlags.builder().environment(name -> null).build();
        try (ModelRouter router = cached().flags(flags).model(LOCAL, counting).build()) {
            router.chatModel().chat("Oi");
            flags.set(FeatureFlags.ENABLE_CACHING, false);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
            assertThat(router.chatModel().chat("Olá")).isEqualTo("3");
            flags.set(FeatureFlags.ENABLE_CACHING, true);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel().chat("Olá")).isEqualTo("4");
        }
    }

    @Test
    void anAnswerThatComesAfterTheFlagWentOffIsNotKept() {
        FeatureFlags flags = FeatureFlags.builder().environment(name -> null).build();
        Model switching = new Model(request -> {
            flags.set(FeatureFlags.ENABLE_CACHING, false);
            return answer(String.valueOf(number.incrementAndGet()));
        });
        try (ModelRouter router = cached().flags(flags).model(LOCAL, switching).build()) {
            router.chatModel().chat("Oi");
            flags.set(FeatureFlags.ENABLE_CACHING, true);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("2");
        }
    }

    @Test
    void anAnswerThatFailedOverIsKeptUnderTheModelThatGaveIt() {
        AtomicInteger localCalls = new AtomicInteger();
        Model recovering = new Model(request -> {
            if (localCalls.incrementAndGet() == 1) {
                throw new InternalServerException("down");
            }
            return answer("local");
        });
        try (ModelRouter router =
                cached().model(LOCAL, recovering).model(PAID, counting).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("1");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
            CallContext paid = CallContext.builder().forcedModel(PAID.id()).build();
            assertThat(router.chatModel(paid).chat("Oi")).isEqualTo("1");

            assertThat(counting.calls()).isOne();
            assertThat(records.all.get(2).isCacheHit()).isTrue();
            assertThat(records.all.get(2).answeredBy()).contains(PAID.id());
        }
    }

    @Test
    void aFailureIsNotKept() {
        Model failing = fails(new InternalServerException("down"));
        try (ModelRouter router = cached().model(LOCAL, failing).build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InternalServerException.class);
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InternalServerException.class);

            assertThat(failing.calls()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOP")
    void anAnswerThatMayNotBeCompleteIsNotKept(FinishReason reason) {
        assertNotKept(request -> ChatResponse.builder()
                .aiMessage(AiMessage.from("Oi"))
                .finishReason(reason)
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void anAnswerWithoutTextIsNotKept(String text) {
        assertNotKept(request -> answer(text));
    }

    @Test
    void anAnswerThatAsksForAToolIsNotKept() {
        ToolExecutionRequest tool =
                ToolExecutionRequest.builder().id("1").name("stock").build();
        assertNotKept(request -> ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .text("Let me see.")
                        .toolExecutionRequests(java.util.List.of(tool))
                        .build())
                .finishReason(FinishReason.STOP)
                .build());
    }

    private void assertNotKept(Function<ChatRequest, ChatResponse> script) {
        assertAsksTwice(new Model(script), say("Oi"));
    }

    private void assertAsksTwice(Model model, ChatRequest request) {
        try (ModelRouter router = cached().model(LOCAL, model).build()) {
            router.chatModel().chat(request);
            router.chatModel().chat(request);

            assertThat(model.calls()).isEqualTo(2);
            assertThat(records.all).noneMatch(CallRecord::isCacheHit);
        }
    }

    @Test
    void aRequestThatOffersToolsIsAskedAnew() {
        ToolSpecification tool = ToolSpecification.builder().name("stock").build();
        assertAsksTwice(counting, say("Oi").toBuilder().toolSpecifications(tool).build());
    }

    @Test
    void aTurnThatEndsInAToolsResultIsAskedAnew() {
        ToolExecutionRequest tool =
                ToolExecutionRequest.builder().id("1").name("stock").build();
        assertAsksTwice(
                counting,
                ChatRequest.builder()
                        .messages(
                                UserMessage.from("Oi"),
                                AiMessage.from(tool),
                                ToolExecutionResultMessage.from(tool, "12"))
                        .build());
    }

    @Test
    void aRequestThatIsRefusedDoesNotReachTheCache() {
        RequestLimits limits = RequestLimits.none().minQuestionCharacters(100);
        try (ModelRouter free = cached().model(LOCAL, counting).build();
                ModelRouter narrow =
                        cached().requestLimits(limits).model(LOCAL, counting).build()) {
            free.chatModel().chat("O que é retail media?");

            assertThatThrownBy(() -> narrow.chatModel().chat("O que é retail media?"))
                    .isInstanceOf(RequestLimitException.class);
        }
    }
}
