package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy with every name resolved: the pure decision. The same inputs give the same decision, so a recorded one
 * replays. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutingTable {

    private final RoutingPolicy policy;
    private final FeatureFlags flags;
    private final List<Route> routes;
    private final Route otherwise;
    private final Map<ModelId, Route> forced;
    private final Map<ModelId, Plan> continued;
    private final int wordLimit;
    private final boolean streaming;

    private RoutingTable(RoutingPolicy policy, List<Candidate> candidates, FeatureFlags flags) {
        this.policy = policy;
        this.flags = flags;
        this.routes = policy.rules().stream()
                .map(rule -> Route.of(rule.target(), candidates, policy.fallsBack()))
                .toList();
        this.otherwise = Route.of(policy.otherwise(), candidates, policy.fallsBack());
        this.forced = candidates.stream()
                .collect(Collectors.toUnmodifiableMap(Candidate::id, candidate -> Route.to(Plan.forced(candidate))));
        this.continued = candidates.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Candidate::id,
                        candidate ->
                                Plan.of(Target.models(candidate.id().toString()), candidates, policy.fallsBack())));
        this.wordLimit = policy.rules().stream()
                .mapToInt(rule -> rule.condition().wordLimit())
                .max()
                .orElse(0);
        this.streaming = false;
    }

    private RoutingTable(RoutingTable table, boolean streaming) {
        this.policy = table.policy;
        this.flags = table.flags;
        this.routes = table.routes;
        this.otherwise = table.otherwise;
        this.forced = table.forced;
        this.continued = table.continued;
        this.wordLimit = table.wordLimit;
        this.streaming = streaming;
    }

    static RoutingTable of(RoutingPolicy policy, List<Candidate> candidates, FeatureFlags flags) {
        requireNonNull(flags, "flags");
        List<ModelId> ids = candidates.stream().map(Candidate::id).toList();
        if (ids.isEmpty() || Set.copyOf(ids).size() < ids.size()) {
            throw new IllegalArgumentException("candidates must be at least one, each model once, were " + ids);
        }
        flagsOf(policy).forEach(flags::requireKnown);
        return new RoutingTable(policy, List.copyOf(candidates), flags);
    }

    private static Stream<String> flagsOf(RoutingPolicy policy) {
        Stream<Target> targets =
                Stream.concat(policy.rules().stream().map(Rule::target), Stream.of(policy.otherwise()));
        return Stream.concat(
                policy.rules().stream().flatMap(rule -> rule.condition().flags().stream()),
                targets.flatMap(target ->
                        target instanceof Target.Forked forked ? Stream.ofNullable(forked.flag) : Stream.empty()));
    }

    /** The same table for calls that stream: candidates that do not declare streaming are rejected. */
    public RoutingTable forStreaming() {
        return streaming ? this : new RoutingTable(this, true);
    }

    public RoutingPolicy policy() {
        return policy;
    }

    /**
     * Decides which candidates may answer, in which order.
     *
     * @param draw random bits, used only where a split has no user id to be sticky on
     * @return a decision; its candidates are empty when every one was rejected, or the forced model is unknown
     */
    public RoutingDecision decide(ChatRequest request, CallContext context, HealthSnapshot health, long draw) {
        RoutingScope scope = new RoutingScope(request, context, this, draw);
        return filter(new RoutingDecision(this, scope, choose(scope, draw), draw), request, health);
    }

    private RoutingDecision filter(RoutingDecision decision, ChatRequest request, HealthSnapshot health) {
        int needed = Capabilities.neededBy(request, streaming);
        Plan plan = decision.plan();
        if (health.isAllAvailable() && plan.allCan(needed)) {
            return decision;
        }
        List<Candidate> accepted = new ArrayList<>(plan.candidates.size());
        List<Candidate> lastResort = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (Candidate candidate : plan.candidates) {
            Optional<String> cannot = whyNot(candidate, needed, health);
            Optional<String> reason = cannot.or(() -> health.avoidance(candidate.id()));
            reason.map(text -> new Rejection(candidate.id(), text)).ifPresent(rejections::add);
            if (cannot.isEmpty()) {
                (reason.isEmpty() ? accepted : lastResort).add(candidate);
            }
        }
        return decision.with(accepted.isEmpty() ? lastResort : accepted, rejections);
    }

    private Route.Choice choose(RoutingScope scope, long draw) {
        ModelId model = scope.context.forcedModel().orElse(null);
        if (model != null) {
            Route route = forced.get(model);
            return (route == null ? Route.to(Plan.nothing(model.toString())) : route)
                    .choose(Route.Choice.FORCED, scope, flags, draw);
        }
        List<Rule> rules = policy.rules();
        for (int i = 0; i < routes.size(); i++) {
            if (rules.get(i).condition().matches(scope, flags)) {
                return routes.get(i).choose(i, scope, flags, draw);
            }
        }
        return otherwise.choose(Route.Choice.OTHERWISE, scope, flags, draw);
    }

    private static Optional<String> whyNot(Candidate candidate, int needed, HealthSnapshot health) {
        int missing = candidate.missing(needed);
        return missing == 0
                ? health.reason(candidate.id())
                : Optional.of("does not declare " + Capabilities.names(missing));
    }

    /**
     * Decides for a turn that ends in a tool result: the model that asked for the tool goes on, the others are its
     * fallback as the policy allows, and come first when it cannot take a call.
     *
     * @throws IllegalArgumentException when the model is no candidate
     */
    public RoutingDecision continueWith(
            ModelId model, ChatRequest request, CallContext context, HealthSnapshot health) {
        Plan plan = continued.get(model);
        if (plan == null) {
            throw new IllegalArgumentException(model + " is no candidate; candidates are " + known());
        }
        RoutingScope scope = new RoutingScope(request, context, this, 0);
        Route.Choice choice = Route.to(plan).choose(Route.Choice.CONTINUED, scope, flags, 0);
        return filter(new RoutingDecision(this, scope, choice, 0), request, health);
    }

    /** The largest number of words that any condition asks about. */
    int wordLimit() {
        return wordLimit;
    }

    boolean isStreaming() {
        return streaming;
    }

    String atLeast(int words) {
        return words == wordLimit ? "at least " : "";
    }

    List<ModelId> known() {
        return forced.keySet().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }
}
