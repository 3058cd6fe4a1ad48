package dev.melancia.routing;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;

/**
 * Estimated tokens of one request. Immutable.
 *
 * @param prompt tokens of what is sent, at least 0
 * @param answer tokens of what may come back, at least 0
 */
record Tokens(int prompt, int answer) {

    static final Tokens NONE = new Tokens(0, 0);

    /** No model takes as many, and the dearest price of as many still fits a {@link Cost}. */
    private static final int MOST_PRICED = 40_000_000;

    static Tokens of(ChatRequest request) {
        return new Tokens(TokenEstimate.promptTokens(request), TokenEstimate.answerTokens(request));
    }

    Cost cost(TokenPrice price) {
        return price.costOf(Math.min(prompt, MOST_PRICED), Math.min(answer, MOST_PRICED));
    }

    /** Such as {@code about 0.0006 USD for 12 + 1000 tokens}. */
    String priced(TokenPrice price) {
        return price.isFree() ? "free" : "about " + cost(price) + " for " + this + " tokens";
    }

    @Override
    public String toString() {
        return prompt + " + " + answer;
    }
}
