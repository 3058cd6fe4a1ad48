package dev.melancia.judge;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A model whose replies follow from the request; keeps the requests. */
final class FakeJudge implements ChatModel {

    final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private final Function<ChatRequest, String> replies;

    FakeJudge(Function<ChatRequest, String> replies) {
        this.replies = replies;
    }

    static FakeJudge saying(String reply) {
        return new FakeJudge(request -> reply);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        requests.add(request);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(replies.apply(request)))
                .tokenUsage(new TokenUsage(100, 10))
                .build();
    }

    static String instruction(ChatRequest request) {
        return ((SystemMessage) request.messages().get(0)).text();
    }

    static String material(ChatRequest request) {
        return ((UserMessage) request.messages().get(1)).singleText();
    }

    /** What stands in the part of that name. */
    static String part(ChatRequest request, String name) {
        String text = material(request);
        int tag = text.indexOf("<" + name + "-");
        int open = text.indexOf('\n', tag) + 1;
        String mark = text.substring(tag + 1, open - 1);
        return text.substring(open, text.indexOf("\n</" + mark, open));
    }
}
