package dev.melancia.examples.quickstart;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.examples.extractive.AnswerSources;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.scorer.Answer;

/** An embedded model as a subject that tells its sources, as a RAG chain would. */
final class Extractive {

    private Extractive() {}

    static Subject subject(ModelId id, ChatModelProviders providers) {
        ChatModel model = providers.chatModel(ModelSettings.of(id));
        TokenPrice price = id.equals(HybridTraffic.PAID) ? HybridTraffic.PAID_PRICE : TokenPrice.free();
        return Subject.of(id.toString(), question -> {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from(question.text()))
                    .build();
            return answer(model.chat(request), price);
        });
    }

    private static Answer answer(ChatResponse response, TokenPrice price) {
        String text = response.aiMessage().text();
        TokenUsage usage = response.tokenUsage();
        return Answer.builder(text)
                .sources(AnswerSources.of(text))
                .tokens(TokenCounts.of(usage.inputTokenCount(), usage.outputTokenCount()))
                .cost(price.costOf(usage.inputTokenCount(), usage.outputTokenCount()))
                .finish(Answer.Finish.COMPLETE)
                .build();
    }
}
