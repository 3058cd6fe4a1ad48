package dev.melancia.routing;

import dev.melancia.cost.TokenPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the candidates of a plan: who may answer, in which order, and who is passed over and why. Confined to one
 * decision.
 */
final class Screen {

    private final RoutingScope scope;
    private final int needed;
    private final boolean freeMayAnswer;
    private final List<Candidate> accepted;
    private final List<Candidate> tooSmall = new ArrayList<>(2);
    private final List<Candidate> avoided = new ArrayList<>(2);
    private final List<Candidate> avoidedTooSmall = new ArrayList<>(2);
    private final List<Rejection> rejections = new ArrayList<>(4);

    private Screen(RoutingScope scope, int needed, boolean freeMayAnswer, int size) {
        this.scope = scope;
        this.needed = needed;
        this.freeMayAnswer = freeMayAnswer;
        this.accepted = new ArrayList<>(size);
    }

    /** Whether every candidate of the plan may answer: the usual case, decided without a look at each. */
    static boolean isIdle(Plan plan, RoutingScope scope, int needed) {
        return scope.health.allowsAll()
                && plan.allCan(needed)
                && scope.context.priceCeilingUsd().isEmpty()
                && plan.allHold(scope);
    }

    /**
     * Looks at each.
     *
     * @param needed capabilities that a model must have, as bits
     * @param freeMayAnswer whether free models go on when the budget is spent
     */
    static Screen of(List<Candidate> planned, RoutingScope scope, int needed, boolean freeMayAnswer) {
        Screen screen = new Screen(scope, needed, freeMayAnswer, planned.size());
        planned.forEach(screen::look);
        return screen;
    }

    private void look(Candidate candidate) {
        Optional<String> refusal = refusal(candidate);
        Optional<String> avoidance = refusal.isPresent() ? refusal : scope.health.avoidance(candidate.id());
        Optional<String> window = refusal.isPresent() ? refusal : windowReason(candidate);
        avoidance.or(() -> window).ifPresent(reason -> rejections.add(new Rejection(candidate.id(), reason)));
        if (refusal.isEmpty()) {
            rank(avoidance.isEmpty(), window.isEmpty()).add(candidate);
        }
    }

    private List<Candidate> rank(boolean isWell, boolean fits) {
        if (isWell) {
            return fits ? accepted : tooSmall;
        }
        return fits ? avoided : avoidedTooSmall;
    }

    private Optional<String> refusal(Candidate candidate) {
        int missing = candidate.missing(needed);
        if (missing != 0) {
            return Optional.of("does not declare " + Capabilities.names(missing));
        }
        return scope.health
                .reason(candidate.id())
                .or(() -> budgetReason(candidate))
                .or(() -> scope.context.priceCeilingUsd().flatMap(ceiling -> priceReason(candidate, ceiling)));
    }

    private Optional<String> budgetReason(Candidate candidate) {
        boolean passes =
                freeMayAnswer && candidate.price().map(TokenPrice::isFree).orElse(false);
        return passes ? Optional.empty() : scope.health.budgetSpent();
    }

    private Optional<String> priceReason(Candidate candidate, BigDecimal ceiling) {
        TokenPrice price = candidate.price().orElse(null);
        if (price == null) {
            return Optional.of("has no price, and the caller allows " + ceiling.toPlainString() + " USD at most");
        }
        if (price.isFree()) {
            return Optional.empty();
        }
        Tokens tokens = scope.tokens();
        boolean within =
                tokens.cost(price).usd().map(usd -> usd.compareTo(ceiling) <= 0).orElse(false);
        return within
                ? Optional.empty()
                : Optional.of("costs " + tokens.priced(price) + ", and the caller allows " + ceiling.toPlainString()
                        + " USD at most");
    }

    private Optional<String> windowReason(Candidate candidate) {
        int window = candidate.contextWindow().orElse(Integer.MAX_VALUE);
        if (window == Integer.MAX_VALUE || scope.windowNeeded() <= window) {
            return Optional.empty();
        }
        Integer answer = scope.request.maxOutputTokens();
        return Optional.of("holds " + window + " tokens, the prompt takes about "
                + scope.tokens().prompt() + (answer == null ? "" : " and the answer up to " + answer) + ": tried last");
    }

    /**
     * Those that may answer, in planned order, and those too small for the prompt behind them. Those to avoid only where
     * nobody else can hold the prompt, before those too small for it; those that are both only where nobody is well.
     */
    List<Candidate> candidates() {
        boolean nobodyIsWell = accepted.isEmpty() && tooSmall.isEmpty();
        if (accepted.isEmpty()) {
            accepted.addAll(avoided);
        }
        accepted.addAll(nobodyIsWell ? avoidedTooSmall : tooSmall);
        return List.copyOf(accepted);
    }

    /** Those passed over, in planned order. */
    List<Rejection> rejections() {
        return List.copyOf(rejections);
    }
}
