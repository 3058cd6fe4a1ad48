package dev.melancia.benchmark;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a langchain4j model. */
record ChatModelSubject(
        String name, ChatModel model, @Nullable TokenPrice price, Function<? super Question, ChatRequest> prompt)
        implements Subject {

    static ChatRequest plainRequest(Question question) {
        String text = question.context()
                .map(context -> context + "\n\n" + question.text())
                .orElse(question.text());
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Override
    public Answer answer(Ask ask) {
        ChatResponse response = model.chat(prompt.apply(ask.question()));
        String text = response.aiMessage().text();
        if (text == null) {
            throw new MelanciaException("a benchmark needs a text, " + name + " returned none (finish reason "
                    + response.finishReason() + "); give the subject no tools, or wrap the chain that runs them");
        }
        TokenCounts tokens = TokenCounts.reported(response.tokenUsage());
        return Answer.builder(text)
                .tokens(tokens)
                .cost(cost(tokens))
                .finish(finish(response.finishReason()))
                .model(response.modelName())
                .build();
    }

    private Cost cost(TokenCounts tokens) {
        return price == null ? Cost.unknown() : price.costOf(tokens);
    }

    private static Answer.Finish finish(@Nullable FinishReason reason) {
        if (reason == null) {
            return Answer.Finish.UNKNOWN;
        }
        return switch (reason) {
            case STOP -> Answer.Finish.COMPLETE;
            case LENGTH -> Answer.Finish.CUT_OFF;
            case CONTENT_FILTER -> Answer.Finish.FILTERED;
            default -> Answer.Finish.OTHER;
        };
    }
}
