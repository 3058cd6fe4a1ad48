package dev.melancia.suite;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says back what it is asked, and remembers the settings it was asked for. */
final class EchoProvider implements ChatModelProvider {

    private final String id;
    private final Map<String, ModelSettings> settings = new ConcurrentHashMap<>();

    EchoProvider() {
        this("echo");
    }

    EchoProvider(String id) {
        this.id = id;
    }

    ModelSettings settings(String model) {
        return Objects.requireNonNull(settings.get(model));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(ModelCapability.STREAMING);
    }

    @Override
    public ChatModel chatModel(ModelSettings model) {
        settings.put(model.model().model(), model);
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return echo(request);
            }
        };
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings model) {
        settings.put(model.model().model(), model);
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                ChatResponse echo = echo(request);
                handler.onPartialResponse(echo.aiMessage().text());
                handler.onCompleteResponse(echo);
            }
        };
    }

    private static ChatResponse echo(ChatRequest request) {
        int last = request.messages().size() - 1;
        String text = ((UserMessage) request.messages().get(last)).singleText();
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .finishReason(FinishReason.STOP)
                .build();
    }
}
