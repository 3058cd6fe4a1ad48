package dev.melancia.testkit;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What the scripted models have in common. */
final class Answers {

    private Answers() {}

    static ChatResponse finished(String text, ChatRequest request, @Nullable TokenUsage usage) {
        return response(text, request, usage, FinishReason.STOP);
    }

    static ChatResponse response(
            String text, ChatRequest request, @Nullable TokenUsage usage, @Nullable FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .modelName(request.modelName())
                .tokenUsage(usage)
                .finishReason(reason)
                .build();
    }

    static void pass(Gate gate) {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while held by a gate", e);
        }
    }
}
