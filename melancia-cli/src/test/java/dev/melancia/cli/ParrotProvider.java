package dev.melancia.cli;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each question with its last word; "parrot/broken" fails. Counts its calls. */
public final class ParrotProvider implements ChatModelProvider {

    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public String id() {
        return "parrot";
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of();
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        boolean broken = settings.model().model().equals("broken");
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                CALLS.incrementAndGet();
                if (broken) {
                    throw new IllegalStateException("the parrot is asleep");
                }
                String text = ((UserMessage) request.messages().get(0)).singleText();
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(text.substring(text.lastIndexOf(' ') + 1)))
                        .tokenUsage(new TokenUsage(100_000, 100_000))
                        .finishReason(FinishReason.STOP)
                        .build();
            }
        };
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        throw new UnsupportedOperationException("the parrot does not stream");
    }
}
