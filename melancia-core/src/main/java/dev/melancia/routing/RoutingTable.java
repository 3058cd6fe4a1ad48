package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Map;
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
    private final int mostFlagsAsked;
    private final boolean readsLoad;
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
                        candidate -> Plan.of(
                                new ListedTarget.Models(List.of(candidate.id())), candidates, policy.fallsBack())));
        this.wordLimit = policy.rules().stream()
                .mapToInt(rule -> rule.condition().wordLimit())
                .max()
                .orElse(0);
        this.mostFlagsAsked = (int) flagsOf(policy).count();
        this.readsLoad = Stream.concat(routes.stream(), Stream.of(otherwise)).anyMatch(Route::readsLoad);
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
        this.mostFlagsAsked = table.mostFlagsAsked;
        this.readsLoad = table.readsLoad;
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
                targets.flatMap(
                        target -> target instanceof SplitTarget fork ? Stream.ofNullable(fork.flag) : Stream.empty()));
    }

    /** The same table for calls that stream: candidates that do not declare streaming are rejected. */
    public RoutingTable forStreaming() {
        return streaming ? this : new RoutingTable(this, true);
    }

    public RoutingPolicy policy() {
        return policy;
    }

    /**
     * Whether some target compares models by speed or load, so that {@link HealthSnapshot#withLoad} must bring them. A model
     * whose load is not there counts as idle and never measured.
     */
    public boolean readsLoad() {
        return readsLoad;
    }

    /**
     * Decides which candidates may answer, in which order.
     *
     * @param draw random bits, used only where a split has nothing to be sticky on
     * @return a decision; its candidates are empty when every one was rejected, or the forced model is unknown
     */
    public RoutingDecision decide(ChatRequest request, CallContext context, HealthSnapshot health, long draw) {
        RoutingScope scope = new RoutingScope(this, request, context, health, draw);
        return decided(choose(scope), scope);
    }

    private RoutingDecision decided(Route.Choice choice, RoutingScope scope) {
        Plan plan = choice.plan();
        List<Candidate> planned = plan.order(scope);
        int needed = neededBy(scope.request);
        return Screen.isIdle(plan, scope, needed)
                ? new RoutingDecision(scope, choice, planned)
                : new RoutingDecision(
                        scope, choice, planned, Screen.of(planned, scope, needed, !policy.refusesWhenBudgetSpent()));
    }

    /** Capabilities that a model must have for this request, as bits. */
    int neededBy(ChatRequest request) {
        return Capabilities.neededBy(request, streaming);
    }

    private Route.Choice choose(RoutingScope scope) {
        ModelId model = scope.context.forcedModel().orElse(null);
        if (model != null) {
            Route route = forced.get(model);
            return (route == null ? Route.to(Plan.nothing(model.toString())) : route)
                    .choose(Route.Choice.FORCED, scope, flags);
        }
        List<Rule> rules = policy.rules();
        for (int i = 0; i < routes.size(); i++) {
            if (rules.get(i).condition().matches(scope, flags)) {
                return routes.get(i).choose(i, scope, flags);
            }
        }
        return otherwise.choose(Route.Choice.OTHERWISE, scope, flags);
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
        RoutingScope scope = new RoutingScope(this, request, context, health, 0);
        return decided(Route.to(plan).choose(Route.Choice.CONTINUED, scope, flags), scope);
    }

    /** The largest number of words that any condition asks about. */
    int wordLimit() {
        return wordLimit;
    }

    /** How many flags a decision asks at most, a flag that several conditions name counted for each. */
    int mostFlagsAsked() {
        return mostFlagsAsked;
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
