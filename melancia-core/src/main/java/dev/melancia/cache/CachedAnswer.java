package dev.melancia.cache;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;

/**
 * A complete answer, who gave it and what it had cost. Immutable, as langchain4j's response is; its {@code toString()} does
 * not show the answer.
 *
 * @param response what the model answered
 * @param model the model that gave it
 * @param cost what the attempt that gave it cost, which is what a hit saves; unknown stays unknown
 * @since 0.1.0
 */
public record CachedAnswer(ChatResponse response, ModelId model, Cost cost) {

    public CachedAnswer {
        requireNonNull(response, "response");
        requireNonNull(model, "model");
        requireNonNull(cost, "cost");
    }

    @Override
    public String toString() {
        return "CachedAnswer[" + model + ", " + cost + "]";
    }
}
