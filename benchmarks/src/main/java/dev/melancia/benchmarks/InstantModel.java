package dev.melancia.benchmarks;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

/** Answers at once, always the same. */
final class InstantModel implements ChatModel {

    private static final int INPUT_TOKENS = 20;
    private static final int OUTPUT_TOKENS = 5;

    private final ChatResponse response = ChatResponse.builder()
            .aiMessage(AiMessage.from("Publicidade nas lojas."))
            .tokenUsage(new TokenUsage(INPUT_TOKENS, OUTPUT_TOKENS))
            .finishReason(FinishReason.STOP)
            .build();

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return response;
    }
}
