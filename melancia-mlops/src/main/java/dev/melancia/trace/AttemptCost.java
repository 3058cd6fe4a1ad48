package dev.melancia.trace;

import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.mlflow.trace.Span;
import dev.melancia.routing.RoutingDecision;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What prompt and answer of an attempt cost. Stateless. */
final class AttemptCost {

    private static final int COUNTED_NOTHING = 0;

    private AttemptCost() {}

    /**
     * Apart where the candidate's price says the same as what the record holds, in all: the record keeps the sum alone, and the
     * price may be another by now.
     */
    static void put(Span.Builder span, CallRecord record, Attempt attempt) {
        Optional<BigDecimal> total = attempt.cost().usd();
        Optional<BigDecimal> prompt = price(record, attempt)
                .filter(price -> price.costOf(attempt.tokens()).equals(attempt.cost()))
                .flatMap(price -> price.costOf(promptOnly(attempt.tokens())).usd());
        if (total.isPresent() && prompt.isPresent() && prompt.get().compareTo(total.get()) <= 0) {
            span.costUsd(prompt.get(), total.get().subtract(prompt.get()));
        } else {
            total.ifPresent(span::costUsd);
        }
    }

    private static TokenCounts promptOnly(TokenCounts tokens) {
        TokenCounts prompt =
                TokenCounts.of(tokens.input().orElse(-1), COUNTED_NOTHING).withReasoning(COUNTED_NOTHING);
        return tokens.cachedInput().isPresent()
                ? prompt.withCachedInput(tokens.cachedInput().getAsInt())
                : prompt;
    }

    private static Optional<TokenPrice> price(CallRecord record, Attempt attempt) {
        return record.decision().map(RoutingDecision::candidates).orElse(List.of()).stream()
                .filter(candidate -> candidate.id().equals(attempt.model()))
                .findFirst()
                .flatMap(candidate -> candidate.price());
    }
}
