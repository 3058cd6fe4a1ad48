package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Where a call's context comes from, and what a turn with a tool's result keeps. */
class CallContextSourcesTest {

    private static final CallContext PREMIUM =
            CallContext.builder().userId("ana").tier("premium").build();
    private static final CallContext FREE =
            CallContext.builder().userId("bob").tier("free").build();
    private static final RoutingPolicy BY_TIER = RoutingPolicy.builder("by-tier")
            .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
            .otherwise(Target.tier("local"))
            .build();
    private static final ToolExecutionRequest ASKS_FOR_TOOL =
            ToolExecutionRequest.builder().id("call-1").name("weather").build();
    private static final ChatRequest TOOL_TURN = ChatRequest.builder()
            .messages(
                    UserMessage.from("Vai chover?"),
                    AiMessage.from(ASKS_FOR_TOOL),
                    ToolExecutionResultMessage.from(ASKS_FOR_TOOL, "sim"))
            .build();

    private final Records records = new Records();

    private ModelRouter byTier(Model local, Model paid) {
        return router().model(LOCAL, local)
                .model(PAID, paid)
                .policy(BY_TIER)
                .listener(records)
                .build();
    }

    private static Model asksForTool() {
        return new Model(request -> RequestLimits.isToolTurn(request.messages()) ? answer("Sim.") : toolCall());
    }

    private static ChatResponse toolCall() {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(ASKS_FOR_TOOL))
                .finishReason(FinishReason.TOOL_EXECUTION)
                .build();
    }

    @Test
    void aContextIsBoundToAView() {
        try (ModelRouter router = byTier(answers("local"), answers("paid"))) {
            assertThat(router.chatModel(PREMIUM).chat("Oi")).isEqualTo("paid");
            assertThat(router.chatModel(FREE).chat("Oi")).isEqualTo("local");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
            assertThat(records.all.get(0).userTier()).contains("premium");
        }
    }

    @Test
    void aContextThatComesWithTheRequestWins() {
        try (ModelRouter router = byTier(answers("local"), answers("paid"))) {
            ChatResponse response = router.chatModel(FREE).chat(say("Oi"), PREMIUM.asRequestOptions());

            assertThat(response.aiMessage().text()).isEqualTo("paid");
        }
    }

    @Test
    void aSupplierIsAskedOnceACallOnTheCallersThread() {
        List<Thread> asked = new ArrayList<>();
        Supplier<CallContext> supplier = () -> {
            asked.add(Thread.currentThread());
            return PREMIUM;
        };
        try (ModelRouter router = byTier(answers("local"), Fakes.fails(new InternalServerException("boom")))) {
            router.chatModel(supplier).chat("Oi");
            router.chatModel(supplier).chat("Oi");

            assertThat(asked).containsExactly(Thread.currentThread(), Thread.currentThread());
        }
    }

    @Test
    void aSupplierThatGivesNullIsToldWhatToGive() {
        try (ModelRouter router = byTier(answers("local"), answers("paid"))) {
            assertThatThrownBy(() ->
                            router.chatModel((Supplier<CallContext>) () -> null).chat("Oi"))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("give CallContext.empty()");
        }
    }

    @Test
    void aToolTurnKeepsContextAndModelEvenWhenTheSupplierWouldThrow() {
        AtomicBoolean scopeIsGone = new AtomicBoolean();
        Model paid = asksForTool();
        try (ModelRouter router = byTier(answers("never"), paid)) {
            var view = router.chatModel(() -> scope(scopeIsGone));
            view.chat(say("Vai chover?"));
            scopeIsGone.set(true);
            view.chat(TOOL_TURN);

            assertThat(paid.calls()).isEqualTo(2);
            assertThat(records.all.get(1).userTier()).contains("premium");
            assertThat(records.all.get(1).decision().orElseThrow().reason())
                    .isEqualTo("openai/gpt-4o-mini asked for the tool whose result this turn brings");
        }
    }

    private static CallContext scope(AtomicBoolean gone) {
        if (gone.get()) {
            throw new IllegalStateException("no request scope");
        }
        return PREMIUM;
    }

    @Test
    void aToolTurnOfAStreamKeepsContextAndModelEvenWhenItIsAskedFromWithinTheHandler() throws Exception {
        Stream paid = new Stream(out -> out.onCompleteResponse(toolCall()));
        AtomicBoolean scopeIsGone = new AtomicBoolean();
        try (ModelRouter router = router().model(LOCAL, answers("unused"), Stream.silent())
                .model(PAID, answers("unused"), paid)
                .policy(BY_TIER)
                .listener(records)
                .build()) {
            var view = router.streamingChatModel(() -> scope(scopeIsGone));
            Host second = new Host();
            Host first = new Host() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    super.onCompleteResponse(response);
                    scopeIsGone.set(true);
                    view.chat(TOOL_TURN, second);
                }
            };
            view.chat(say("Vai chover?"), first);

            first.untilTheEnd();
            assertThat(second.untilTheEnd().heard).containsExactly("complete");
            assertThat(paid.asked).hasSize(2);
            assertThat(records.all.get(1).userTier()).contains("premium");
        }
    }

    @Test
    void aForcedModelIsTheOnlyOneThatMayAnswerAToolTurnToo() {
        Model paid = new Model(request -> {
            if (RequestLimits.isToolTurn(request.messages())) {
                throw new InternalServerException("boom");
            }
            return toolCall();
        });
        Model local = answers("never");
        CallContext forced = CallContext.builder().forcedModel(PAID.id()).build();
        try (ModelRouter router = byTier(local, paid)) {
            router.chatModel(forced).chat(say("Vai chover?"));

            assertThatThrownBy(() -> router.chatModel(forced).chat(TOOL_TURN))
                    .isInstanceOf(InternalServerException.class);
            assertThat(local.calls()).isZero();
        }
    }

    @Test
    void aToolTurnNobodyAskedForIsDecidedAfresh() {
        try (ModelRouter router = byTier(answers("local"), answers("paid"))) {
            assertThat(router.chatModel(PREMIUM).chat(TOOL_TURN).aiMessage().text())
                    .isEqualTo("paid");
            assertThat(records.only().decision().orElseThrow().rule()).contains("premium");
        }
    }

    @Test
    void aToolTurnWhoseModelIsFullGoesToTheNextOne() throws Exception {
        Candidate narrow =
                Candidate.builder(PAID.id()).tier("paid").maxConcurrentCalls(1).build();
        CountDownLatch release = new CountDownLatch(1);
        Model busy = new Model(request -> {
            if (!RequestLimits.isToolTurn(request.messages())
                    && request.messages().size() > 1) {
                Fakes.awaitDeaf(release);
            }
            return toolCall();
        });
        Stream stream = Streams.streams("never");
        try (ModelRouter router = router().model(LOCAL, answers("local"), Streams.streams("local"))
                .model(narrow, busy, stream)
                .policy(BY_TIER)
                .listener(records)
                .build()) {
            router.chatModel(PREMIUM).chat(say("Vai chover?"));
            Thread other =
                    new Thread(() -> router.chatModel(PREMIUM).chat(UserMessage.from("one"), UserMessage.from("two")));
            other.start();
            await().until(() -> router.callsRunning(PAID.id()) == 1);
            Host host = new Host();

            String answer = router.chatModel().chat(TOOL_TURN).aiMessage().text();
            router.streamingChatModel().chat(TOOL_TURN, host);

            assertThat(answer).isEqualTo("local");
            assertThat(host.untilTheEnd().heard).containsExactly("plain:local", "complete");
            for (CallRecord record : records.all.subList(1, 3)) {
                assertThat(record.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.ANSWERED);
                assertThat(record.decision().orElseThrow().rejections())
                        .hasToString("[" + PAID.id() + ": runs as many calls as it may, 1]");
            }
            release.countDown();
            other.join(10_000);
            assertThat(router.callsRunning(PAID.id())).isZero();
        }
    }

    @Test
    void theUsersQuestionDecidesOverTheAugmentedMessage() {
        RoutingPolicy byWords = RoutingPolicy.builder("by-words")
                .rule("short", Condition.fewerWordsThan(15), Target.tier("local"))
                .otherwise(Target.tier("paid"))
                .build();
        try (ModelRouter router = router().model(LOCAL, answers("local"))
                .model(PAID, answers("paid"))
                .policy(byWords)
                .build()) {
            String augmented = "Responda com base nos trechos: " + "palavra ".repeat(200);
            CallContext context =
                    CallContext.builder().question("O que é ROAS?").build();

            assertThat(router.chatModel().chat(augmented)).isEqualTo("paid");
            assertThat(router.chatModel(context).chat(augmented)).isEqualTo("local");
        }
    }

    @Test
    void aPolicyIsSwappedWhileRunningAndABadOneLeavesTheOldInForce() {
        try (ModelRouter router = byTier(answers("local"), answers("paid"))) {
            assertThatThrownBy(() -> router.swapPolicy(RoutingPolicy.inOrder("openai/gpt-9")))
                    .hasMessageContaining("openai/gpt-9");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
            assertThat(router.policy()).isSameAs(BY_TIER);

            router.swapPolicy(RoutingPolicy.inOrder("openai/gpt-4o-mini"));

            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");
        }
    }

    @Test
    void explainingCallsNoModelAndMakesNoRecord() {
        Model local = answers("local");
        try (ModelRouter router = byTier(local, answers("paid"))) {
            assertThat(router.explain(say("Oi"), PREMIUM).reason())
                    .isEqualTo("rule 1 \"premium\": user tier is premium (was premium) -> paid");
            assertThat(local.calls()).isZero();
            assertThat(records.all).isEmpty();
        }
    }
}
