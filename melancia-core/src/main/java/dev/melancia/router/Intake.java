package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.RoutingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first steps of every call: finds its context, checks it against the host's limits and decides which models may
 * answer. Thread-safe; a policy is swapped as a whole.
 */
final class Intake {

    final Map<Candidate, RoutedModel> models = new HashMap<>();
    final ToolTurns toolTurns = new ToolTurns();
    final ModelListeners modelListeners;
    final Set<Capability> capabilities;
    final @Nullable AnswerCache cache;
    private final List<RoutedModel> inOrder;
    private final List<Candidate> candidates;
    private final FeatureFlags flags;
    private final RequestLimits requestLimits;
    private final Engine engine;
    private volatile Tables tables;

    Intake(ModelRouter.Builder builder, List<RoutedModel> inOrder, Engine engine) {
        inOrder.forEach(model -> models.put(model.candidate, model));
        this.inOrder = inOrder;
        this.candidates = inOrder.stream().map(model -> model.candidate).toList();
        this.capabilities = RoutedModel.shared(inOrder);
        this.modelListeners = new ModelListeners(builder.modelListeners);
        this.cache = engine.cache;
        this.flags = builder.flags;
        this.requestLimits = builder.requestLimits;
        this.engine = engine;
        this.tables = tables(builder.policy == null ? declaredOrder(candidates) : builder.policy);
    }

    List<Candidate> candidates() {
        return candidates;
    }

    RoutingPolicy policy() {
        return tables.blocking.policy();
    }

    void swapPolicy(RoutingPolicy policy) {
        tables = tables(policy);
    }

    RoutingDecision explain(ChatRequest request, CallContext context) {
        return tables.blocking.decide(request, context, health(), engine.random.getAsLong());
    }

    PreparedCall prepare(PreparedCall.Asked asked, Supplier<CallContext> source) {
        engine.requireOpen();
        Optional<ToolTurns.Turn> turn = toolTurns.of(asked.request().messages());
        CallContext context = contextOf(asked.options(), turn, source);
        CallLedger ledger = new CallLedger(engine, context, asked.streaming());
        try {
            requestLimits.check(asked.request(), context);
        } catch (RequestLimitException e) {
            ledger.close(Outcome.REJECTED);
            throw e;
        }
        RoutingDecision decision = decide(asked, context, turn);
        ledger.decided(decision);
        if (decision.candidates().isEmpty()) {
            ledger.close(Outcome.REJECTED);
            throw new NoCandidateException(decision);
        }
        return new PreparedCall(this, asked, ledger, decision);
    }

    private RoutingDecision decide(PreparedCall.Asked asked, CallContext context, Optional<ToolTurns.Turn> turn) {
        RoutingTable table = asked.streaming() ? tables.streaming : tables.blocking;
        boolean goesOn = turn.isPresent() && context.forcedModel().isEmpty(); // a forced model is the only one that may
        return goesOn
                ? table.continueWith(turn.get().model(), asked.request(), context, health())
                : table.decide(asked.request(), context, health(), engine.random.getAsLong());
    }

    private static CallContext contextOf(
            ChatRequestOptions options, Optional<ToolTurns.Turn> turn, Supplier<CallContext> source) {
        if (!options.listenerAttributes().isEmpty()) {
            Optional<CallContext> own = CallContext.from(options);
            if (own.isPresent()) {
                return own.get();
            }
        }
        return turn.isPresent()
                ? turn.get().context()
                : requireNonNull(source.get(), "the supplier of call contexts gave null; give CallContext.empty()");
    }

    HealthSnapshot health() {
        HealthSnapshot health = HealthSnapshot.allAvailable();
        for (int i = 0; i < inOrder.size(); i++) {
            RoutedModel model = inOrder.get(i);
            if (model.bulkhead.isFull() || !model.breaker.isClosed()) {
                health = health.and(full(model), failing(model));
            }
        }
        return health;
    }

    private static Map<ModelId, String> full(RoutedModel model) {
        return model.bulkhead.isFull() ? Map.of(model.id(), ModelBusyException.reason(model.candidate)) : Map.of();
    }

    private Map<ModelId, String> failing(RoutedModel model) {
        String reason = model.breaker.whyNot(engine.ticker.getAsLong());
        return reason == null ? Map.of() : Map.of(model.id(), reason);
    }

    private Tables tables(RoutingPolicy policy) {
        RoutingTable table = policy.bind(candidates, flags);
        return new Tables(table, table.forStreaming());
    }

    private static RoutingPolicy declaredOrder(List<Candidate> candidates) {
        String[] others =
                candidates.stream().skip(1).map(c -> c.id().toString()).toArray(String[]::new);
        return RoutingPolicy.inOrder(candidates.get(0).id().toString(), others);
    }

    private record Tables(RoutingTable blocking, RoutingTable streaming) {}
}
