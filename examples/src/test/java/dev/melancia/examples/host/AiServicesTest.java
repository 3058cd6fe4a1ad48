package dev.melancia.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.provider.ModelId;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** langchain4j's AiServices over a router: one assistant for all users, a tool, a memory for each conversation. */
class AiServicesTest {

    private static final ModelId LOCAL = ModelId.of("ollama/phi3:mini");
    private static final ModelId PAID = ModelId.of("openai/gpt-4o-mini");
    private static final CallContext PREMIUM =
            CallContext.builder().userId("ana").tier("premium").build();
    private static final CallContext FREE =
            CallContext.builder().userId("bia").tier("free").build();

    interface Assistant {
        String chat(@MemoryId String conversation, @UserMessage String question);
    }

    interface StreamingAssistant {
        TokenStream chat(@MemoryId String conversation, @UserMessage String question);
    }

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger stockChecks = new AtomicInteger();
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final ScriptedChatModel local = ScriptedChatModel.answering("local answers");
    private final ScriptedChatModel paid = ScriptedChatModel.responding(AiServicesTest::wantsTheToolFirst);
    private final ScriptedStreamingChatModel localStream = ScriptedStreamingChatModel.answering("local ", "streams");
    private final ScriptedStreamingChatModel paidStream =
            ScriptedStreamingChatModel.responding(AiServicesTest::wantsTheToolFirst);
    private final ModelRouter router = ModelRouter.builder()
            .model(Candidate.builder(LOCAL).build(), local, localStream)
            .model(Candidate.builder(PAID).build(), paid, paidStream)
            .policy(RoutingPolicy.builder("by-tier")
                    .rule("premium", Condition.userTier("premium"), Target.models(PAID.toString()))
                    .otherwise(Target.models(LOCAL.toString()))
                    .build())
            .listener(records::add)
            .build();

    // What a host keeps in its request scope.
    private volatile CallContext current = PREMIUM;

    @AfterEach
    void closeRouter() {
        router.close();
    }

    /** The request scope is another one, or gone, when the tool has run. */
    @Tool("Units in stock")
    int stock() {
        current = FREE;
        return stockChecks.incrementAndGet();
    }

    @Test
    void theToolsResultGoesBackToTheModelThatAskedInTheContextThatAsked() {
        assertThat(assistant().chat("c1", "Quantos há?")).isEqualTo("There are 1");

        assertThat(stockChecks).hasValue(1);
        assertThat(asked).as("supplier asked once a turn of the user").hasValue(1);
        assertThat(local.requests()).isEmpty();
        assertThat(paid.requests()).hasSize(2);
        assertToolTurnKeptItsContext();
    }

    @Test
    void eachTurnOfTheUserTakesTheContextOfItsMomentAndTheMemoryGoesAlong() {
        Assistant assistant = assistant();
        assistant.chat("c1", "Quantos há?");

        assertThat(assistant.chat("c1", "E amanhã?")).isEqualTo("local answers");

        assertThat(asked).hasValue(2);
        assertThat(records.get(2).userTier()).contains("free");
        assertThat(local.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.messages())
                        .extracting(message -> message.type())
                        .containsExactly(
                                ChatMessageType.USER,
                                ChatMessageType.AI,
                                ChatMessageType.TOOL_EXECUTION_RESULT,
                                ChatMessageType.AI,
                                ChatMessageType.USER));
    }

    @Test
    void conversationsDoNotMix() {
        Assistant assistant = assistant();
        current = FREE;
        assistant.chat("c1", "Primeira?");
        assistant.chat("c2", "Segunda?");

        assertThat(local.requests()).hasSize(2);
        assertThat(local.requests().get(1).messages()).hasSize(1);
    }

    @Test
    void aStreamsToolTurnStaysWithTheModelThatAskedToo() throws Exception {
        assertThat(streamed(streamingAssistant().chat("c1", "Quantos há?"))).isEqualTo("There are 1");

        assertThat(asked).hasValue(1);
        assertThat(localStream.requests()).isEmpty();
        assertThat(paidStream.requests()).hasSize(2);
        assertToolTurnKeptItsContext();
        assertThat(records).allMatch(CallRecord::isStreaming);
    }

    @Test
    void aStreamsNextTurnTakesTheContextOfItsMomentAndTheMemoryGoesAlong() throws Exception {
        StreamingAssistant assistant = streamingAssistant();
        streamed(assistant.chat("c1", "Quantos há?"));

        assertThat(streamed(assistant.chat("c1", "E amanhã?"))).isEqualTo("local streams");

        assertThat(asked).hasValue(2);
        assertThat(localStream.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.messages()).hasSize(5));
    }

    private void assertToolTurnKeptItsContext() {
        assertThat(records).hasSize(2);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.userTier()).contains("premium");
            assertThat(record.userKey()).isEqualTo(records.get(0).userKey());
            assertThat(record.answeredBy()).contains(PAID);
            assertThat(record.fellBack()).isFalse();
        });
        assertThat(records.get(1).decision().orElseThrow().reason()).contains("asked for the tool");
        assertThat(current).as("the host's scope had changed").isSameAs(FREE);
    }

    private CallContext context() {
        asked.incrementAndGet();
        return current;
    }

    private Assistant assistant() {
        return AiServices.builder(Assistant.class)
                .chatModel(router.chatModel(this::context))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(this)
                .build();
    }

    private StreamingAssistant streamingAssistant() {
        return AiServices.builder(StreamingAssistant.class)
                .streamingChatModel(router.streamingChatModel(this::context))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(this)
                .build();
    }

    private static String streamed(TokenStream stream) throws Exception {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        stream.onPartialResponse(piece -> {})
                .onCompleteResponse(end::complete)
                .onError(end::completeExceptionally)
                .start();
        return end.get(10, TimeUnit.SECONDS).aiMessage().text();
    }

    private static ChatResponse wantsTheToolFirst(ChatRequest request) {
        var messages = request.messages();
        if (messages.get(messages.size() - 1) instanceof ToolExecutionResultMessage result) {
            return response(AiMessage.from("There are " + result.text()), FinishReason.STOP);
        }
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("call-1")
                .name("stock")
                .arguments("{}")
                .build();
        return response(AiMessage.from(call), FinishReason.TOOL_EXECUTION);
    }

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder().aiMessage(message).finishReason(reason).build();
    }
}
