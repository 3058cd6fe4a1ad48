package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.Gate;
import dev.melancia.testkit.ScriptedChatModel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A model that takes all the threads it may, and a memory that holds hardly a conversation. */
class RouterUnderPressureTest {

    private static final ModelId LOCAL = ModelId.of("ollama/phi3:mini");
    private static final ModelId PAID = ModelId.of("openai/gpt-4o-mini");

    interface Assistant {
        String chat(String question);
    }

    @Tool("Units in stock")
    int stock() {
        return 7;
    }

    /** Its permits allow the deaf model a thousand threads; the healthy one has a thousand of its own. */
    @Test
    void aDeafModelWithinItsPermitsDoesNotStarveTheFallback() throws Exception {
        int callers = 1_000;
        Gate deaf = Gate.ignoringInterrupts();
        try (ModelRouter router = ModelRouter.builder()
                .model(
                        Candidate.builder(LOCAL).maxConcurrentCalls(callers).build(),
                        ScriptedChatModel.answering("late").heldBy(deaf))
                .model(Candidate.builder(PAID).maxConcurrentCalls(callers).build(), ScriptedChatModel.answering("paid"))
                .limits(CallLimits.defaults().withAttempt(Duration.ofSeconds(5)))
                .breaker(BreakerSettings.none())
                .build()) {
            Crowd crowd =
                    Crowd.onPlatformThreads(callers, () -> router.chatModel().chat("Oi"));

            assertThat(crowd.join().errors()).isEmpty();
            assertThat(crowd.answers()).hasSize(callers).containsOnly("paid");
        } finally {
            deaf.open();
        }
    }

    /**
     * Ollama's tool-call ids have eight characters, too few to stand for themselves, so the turn is known by the messages
     * before it; a memory that is full drops the oldest of those when the tool's result comes in.
     */
    @Test
    void aToolTurnIsKnownThoughTheMemoryDroppedTheOldestMessage() {
        AtomicInteger supplied = new AtomicInteger();
        ScriptedChatModel model = ScriptedChatModel.responding(RouterUnderPressureTest::toolForSecondQuestion);
        try (ModelRouter router = ModelRouter.builder()
                .model(Candidate.of(LOCAL.toString()), model)
                .build()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(router.chatModel(() -> {
                        supplied.incrementAndGet();
                        return CallContext.empty();
                    }))
                    .chatMemory(MessageWindowChatMemory.withMaxMessages(4))
                    .tools(this)
                    .build();
            assistant.chat("first");
            assertThat(assistant.chat("second")).isEqualTo("There are 7");
        }
        assertThat(supplied).as("asked once a turn of the user").hasValue(2);
    }

    private static ChatResponse toolForSecondQuestion(ChatRequest request) {
        var messages = request.messages();
        if (messages.get(messages.size() - 1) instanceof ToolExecutionResultMessage result) {
            return response(AiMessage.from("There are " + result.text()), FinishReason.STOP);
        }
        if (messages.size() == 1) {
            return response(AiMessage.from("Hello"), FinishReason.STOP);
        }
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("call_r1t41xsy")
                .name("stock")
                .arguments("{}")
                .build();
        return response(AiMessage.from(call), FinishReason.TOOL_EXECUTION);
    }

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder().aiMessage(message).finishReason(reason).build();
    }
}
