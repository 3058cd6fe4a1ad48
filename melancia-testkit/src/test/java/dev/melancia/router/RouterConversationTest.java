package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Conversations under AiServices whose model fails half-way, or that many users hold at once. */
class RouterConversationTest {

    private static final Candidate LOCAL =
            Candidate.builder("ollama/phi3:mini").tier("local").build();
    private static final Candidate PAID =
            Candidate.builder("openai/gpt-4o-mini").tier("paid").build();
    private static final ThreadLocal<CallContext> REQUEST_SCOPE = new ThreadLocal<>();

    interface Assistant {
        String chat(@MemoryId String conversation, @UserMessage String question);
    }

    interface Talker {
        TokenStream chat(@MemoryId String conversation, @UserMessage String question);
    }

    interface Counter {
        Size read(String question);
    }

    record Size(int words) {}

    private final InternalServerException broken = new InternalServerException("broken");
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final AtomicInteger supplied = new AtomicInteger();
    private final AtomicInteger stockChecks = new AtomicInteger();

    @Tool("Units in stock")
    int stock() {
        return stockChecks.incrementAndGet();
    }

    private ModelRouterBuilder router() {
        return ModelRouter.builder().listener(records::add);
    }

    private CallContext asked() {
        supplied.incrementAndGet();
        return CallContext.builder().userId("ana").build();
    }

    @Test
    void theNextModelGetsTheWholeConversationWhenTheFirstFailsHalfway() {
        ScriptedChatModel local =
                ScriptedChatModel.answering("local 1").thenFailing(broken).thenAnswering("local 3");
        ScriptedChatModel paid = ScriptedChatModel.answering("paid 2");
        try (ModelRouter router = router().model(LOCAL, local).model(PAID, paid).build()) {
            Assistant assistant = assistant(router);

            assertThat(List.of(assistant.chat("c", "1"), assistant.chat("c", "2"), assistant.chat("c", "3")))
                    .containsExactly("local 1", "paid 2", "local 3");
        }
        assertThat(types(paid.requests().get(0)))
                .containsExactly(ChatMessageType.USER, ChatMessageType.AI, ChatMessageType.USER);
        assertThat(local.requests().get(2).messages())
                .filteredOn(AiMessage.class::isInstance)
                .extracting(message -> ((AiMessage) message).text())
                .containsExactly("local 1", "paid 2");
    }

    @Test
    void anotherModelTakesTheToolTurnWhenTheOneThatAskedFailsAndThenTheLoopIsItsOwn() {
        // The local model asks for the tool and breaks; the paid one asks again, and is the one to get that result.
        ScriptedChatModel local = ScriptedChatModel.responding(failingAfter(wanting("call-1")));
        ScriptedChatModel paid = ScriptedChatModel.responding(request -> results(request) < 2
                ? response(AiMessage.from(call("call-2")), FinishReason.TOOL_EXECUTION)
                : response(AiMessage.from("enough"), FinishReason.STOP));
        try (ModelRouter router = router().model(LOCAL, local).model(PAID, paid).build()) {
            assertThat(assistant(router).chat("c", "Quantos há?")).isEqualTo("enough");
        }
        assertThat(stockChecks).hasValue(2);
        assertThat(supplied).as("supplier asked once a turn of the user").hasValue(1);
        assertThat(records)
                .extracting(record -> record.assigned().orElseThrow())
                .containsExactly(LOCAL.id(), LOCAL.id(), PAID.id());
        assertThat(records)
                .extracting(record -> record.answeredBy().orElseThrow())
                .containsExactly(LOCAL.id(), PAID.id(), PAID.id());
    }

    @Test
    void aStreamsToolTurnIsTakenByAnotherModelTooWhenTheOneThatAskedFails() throws Exception {
        ScriptedStreamingChatModel local = ScriptedStreamingChatModel.responding(failingAfter(wanting("call-1")));
        ScriptedStreamingChatModel paid = ScriptedStreamingChatModel.answering("paid ", "has ", "it");
        List<String> pieces = new ArrayList<>();
        try (ModelRouter router = router().model(LOCAL, ScriptedChatModel.answering("-"), local)
                .model(PAID, ScriptedChatModel.answering("-"), paid)
                .build()) {
            assertThat(streamed(talker(router).chat("c", "Quantos há?"), pieces))
                    .isEqualTo("paid has it");
        }
        assertThat(pieces).containsExactly("paid ", "has ", "it");
        assertThat(stockChecks).hasValue(1);
        assertThat(supplied).hasValue(1);
        assertThat(types(paid.requests().get(0)))
                .containsExactly(ChatMessageType.USER, ChatMessageType.AI, ChatMessageType.TOOL_EXECUTION_RESULT);
        assertThat(records.get(1).fellBack()).isTrue();
    }

    @Test
    void aStreamThatBreaksAfterItsFirstPieceEndsWithOneErrorAndLeavesTheMemoryAsItWas() throws Exception {
        ScriptedStreamingChatModel local =
                ScriptedStreamingChatModel.failing(broken, "half ").thenAnswering("whole");
        ScriptedStreamingChatModel paid = ScriptedStreamingChatModel.answering("never");
        List<String> pieces = new ArrayList<>();
        try (ModelRouter router = router().model(LOCAL, ScriptedChatModel.answering("-"), local)
                .model(PAID, ScriptedChatModel.answering("-"), paid)
                .build()) {
            Talker talker = talker(router);
            CompletableFuture<ChatResponse> end = start(talker.chat("c", "1"), pieces);

            assertThat(end)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCause(broken);
            assertThat(streamed(talker.chat("c", "2"), pieces)).isEqualTo("whole");
        }
        assertThat(pieces).containsExactly("half ", "whole");
        assertThat(paid.requests()).isEmpty();
        assertThat(types(local.requests().get(1))).doesNotContain(ChatMessageType.AI);
        assertThat(records).extracting(CallRecord::outcome).containsExactly(Outcome.SERVER_ERROR, Outcome.ANSWERED);
    }

    @Test
    void theSchemaOfAnObjectGoesToTheNextModelAlong() {
        ScriptedChatModel local =
                ScriptedChatModel.failing(broken).withCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        ScriptedChatModel paid =
                ScriptedChatModel.answering("{\"words\": 2}").withCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        try (ModelRouter router = router().model(LOCAL, local).model(PAID, paid).build()) {
            Counter counter = AiServices.create(Counter.class, router.chatModel(this::asked));

            assertThat(counter.read("Bom dia")).isEqualTo(new Size(2));
        }
        assertThat(paid.requests().get(0).responseFormat())
                .isEqualTo(local.requests().get(0).responseFormat())
                .satisfies(format -> assertThat(format.type()).isEqualTo(ResponseFormatType.JSON))
                .satisfies(format -> assertThat(format.jsonSchema()).isNotNull());
        assertThat(supplied).hasValue(1);
    }

    @Test
    void resultsOfToolsThatRanAtOnceGoBackTogetherToTheModelThatAsked() {
        ScriptedChatModel local = ScriptedChatModel.answering("never");
        ScriptedChatModel paid = ScriptedChatModel.responding(request -> results(request) == 0
                ? response(AiMessage.from(call("call-1"), call("call-2")), FinishReason.TOOL_EXECUTION)
                : response(AiMessage.from("got " + results(request)), FinishReason.STOP));
        try (ModelRouter router = router().model(LOCAL, local)
                .model(PAID, paid)
                .policy(firstPaidThenLocal())
                .build()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(router.chatModel(this::premiumOnce))
                    .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                    .tools(this)
                    .executeToolsConcurrently()
                    .build();

            assertThat(assistant.chat("c", "Quantos há?")).isEqualTo("got 2");
        }
        assertThat(supplied).hasValue(1);
        assertThat(local.requests()).isEmpty();
    }

    /** Some servers number their tool calls anew in each answer, so all these conversations share one id. */
    @Test
    void usersWhoShareOneAssistantOneQuestionAndOneToolCallIdNeverMix() throws Exception {
        int users = 200;
        ScriptedChatModel local = ScriptedChatModel.responding(RouterConversationTest::wantsTheToolFirst);
        ScriptedChatModel paid = ScriptedChatModel.responding(RouterConversationTest::wantsTheToolFirst);
        try (ModelRouter router = router().model(many(LOCAL), local)
                .model(many(PAID), paid)
                .policy(firstPaidThenLocal())
                .build()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(router.chatModel(REQUEST_SCOPE::get))
                    .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                    .tools(this)
                    .build();
            AtomicInteger next = new AtomicInteger();
            Crowd crowd = Crowd.onPlatformThreads(users, () -> {
                int user = next.getAndIncrement();
                REQUEST_SCOPE.set(CallContext.builder()
                        .userId("user-" + user)
                        .tier(user % 2 == 0 ? "premium" : "free")
                        .conversationId("c" + user)
                        .build());
                return assistant.chat("c" + user, "Quantos há?").startsWith("There are") ? "told" : "not told";
            });

            assertThat(crowd.join().errors()).isEmpty();
            assertThat(crowd.answers()).hasSize(users).containsOnly("told");
        }
        assertThat(records).hasSize(2 * users);
        for (int user = 0; user < users; user++) {
            String conversation = "c" + user;
            boolean premium = user % 2 == 0;
            assertThat(records)
                    .filteredOn(record -> record.conversationId().orElseThrow().equals(conversation))
                    .hasSize(2)
                    .allSatisfy(record -> {
                        assertThat(record.userTier()).contains(premium ? "premium" : "free");
                        assertThat(record.answeredBy()).contains(premium ? PAID.id() : LOCAL.id());
                    })
                    .extracting(CallRecord::userKey)
                    .doesNotContainNull()
                    .satisfies(keys -> assertThat(keys.get(0)).isEqualTo(keys.get(1)));
        }
    }

    private CallContext premiumOnce() {
        return CallContext.builder()
                .tier(supplied.getAndIncrement() == 0 ? "premium" : "free")
                .build();
    }

    private static RoutingPolicy firstPaidThenLocal() {
        return RoutingPolicy.builder("by-tier")
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .otherwise(Target.tier("local"))
                .build();
    }

    private static Candidate many(Candidate candidate) {
        ModelId id = candidate.id();
        return Candidate.builder(id)
                .tier(candidate.tier())
                .maxConcurrentCalls(400)
                .build();
    }

    private Assistant assistant(ModelRouter router) {
        return AiServices.builder(Assistant.class)
                .chatModel(router.chatModel(this::asked))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(this)
                .build();
    }

    private Talker talker(ModelRouter router) {
        return AiServices.builder(Talker.class)
                .streamingChatModel(router.streamingChatModel(this::asked))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(this)
                .build();
    }

    private static String streamed(TokenStream stream, List<String> pieces) throws Exception {
        return start(stream, pieces).get(10, TimeUnit.SECONDS).aiMessage().text();
    }

    private static CompletableFuture<ChatResponse> start(TokenStream stream, List<String> pieces) {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        stream.onPartialResponse(pieces::add)
                .onCompleteResponse(end::complete)
                .onError(end::completeExceptionally)
                .start();
        return end;
    }

    private static List<ChatMessageType> types(ChatRequest request) {
        return request.messages().stream().map(ChatMessage::type).toList();
    }

    private static long results(ChatRequest request) {
        return request.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .count();
    }

    private static ChatResponse wantsTheToolFirst(ChatRequest request) {
        return results(request) > 0 ? response(AiMessage.from("There are some"), FinishReason.STOP) : wanting("call_0");
    }

    /** Gives this once, then breaks. */
    private Function<ChatRequest, ChatResponse> failingAfter(ChatResponse first) {
        AtomicInteger calls = new AtomicInteger();
        return request -> {
            if (calls.getAndIncrement() > 0) {
                throw broken;
            }
            return first;
        };
    }

    private static ChatResponse wanting(String id) {
        return response(AiMessage.from(call(id)), FinishReason.TOOL_EXECUTION);
    }

    private static ToolExecutionRequest call(String id) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name("stock")
                .arguments("{}")
                .build();
    }

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder().aiMessage(message).finishReason(reason).build();
    }
}
