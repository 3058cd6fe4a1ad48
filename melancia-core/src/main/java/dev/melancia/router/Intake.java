package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.MelanciaException;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
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

    final Map<ModelId, RoutedModel> models = new HashMap<>();
    final ToolTurns toolTurns = new ToolTurns();
    final ModelListeners modelListeners;
    final Set<Capability> capabilities;
    final @Nullable AnswerCache cache;
    private final List<Candidate> candidates;
    private final RequestLimits requestLimits;
    private final Engine engine;
    private final Checkup checkup;
    private final TenantLimits tenants;
    private final PolicyInForce policy;

    Intake(ModelRouterBuilder builder, List<RoutedModel> inOrder, Engine engine) {
        inOrder.forEach(model -> models.put(model.id(), model));
        this.candidates = inOrder.stream().map(model -> model.candidate).toList();
        this.capabilities = RoutedModel.shared(inOrder);
        this.modelListeners = new ModelListeners(builder.modelListeners);
        this.cache = engine.cache;
        this.requestLimits = builder.requestLimits;
        this.engine = engine;
        this.checkup = new Checkup(inOrder, builder.budgets, engine.clock.millis());
        this.tenants = new TenantLimits(builder.eachTenantLimit, builder.tenantLimits, engine.ticker.getAsLong());
        this.policy = new PolicyInForce(
                inOrder,
                builder.flags,
                builder.policy == null ? declaredOrder(candidates) : builder.policy,
                engine.clock);
    }

    List<Candidate> candidates() {
        return candidates;
    }

    RoutingPolicy policy() {
        return policy.policy();
    }

    void swapPolicy(RoutingPolicy other) {
        policy.swap(other);
    }

    RoutingDecision explain(ChatRequest request, CallContext context) {
        CallLedger unwritten = new CallLedger(engine, context, false);
        return decide(new PreparedCall.Asked(request, ChatRequestOptions.EMPTY, false), unwritten, Optional.empty());
    }

    PreparedCall prepare(PreparedCall.Asked asked, Supplier<CallContext> source) {
        engine.requireOpen();
        Optional<ToolTurns.Turn> turn = toolTurns.of(asked.request().messages());
        CallContext context = contextOf(asked.options(), turn, source);
        CallLedger ledger = new CallLedger(engine, context, asked.streaming());
        try {
            return new PreparedCall(this, asked, ledger, decided(asked, ledger, turn));
        } catch (MelanciaException refused) {
            ledger.close(Outcome.REJECTED);
            throw refused;
        } catch (RuntimeException | Error e) { // of a request, flag or pattern of the host's own
            ledger.close(Outcome.FAILED);
            throw e;
        }
    }

    private RoutingDecision decided(PreparedCall.Asked asked, CallLedger ledger, Optional<ToolTurns.Turn> turn) {
        CallContext context = ledger.context;
        requestLimits.check(asked.request(), context);
        TenantLimitException tooOften = tenants.refusal(context.tenant().orElse(null), ledger.startNanos);
        if (tooOften != null) {
            throw tooOften;
        }
        RoutingDecision decision = decide(asked, ledger, turn);
        ledger.decided(decision);
        if (decision.candidates().isEmpty()) {
            throw new NoCandidateException(decision);
        }
        return decision;
    }

    private RoutingDecision decide(PreparedCall.Asked asked, CallLedger ledger, Optional<ToolTurns.Turn> turn) {
        RoutingTable table = policy.table(asked.streaming(), ledger.startMillis);
        CallContext context = ledger.context;
        HealthSnapshot health = checkup.now(context, ledger.startNanos, ledger.startMillis);
        if (table.readsLoad()) {
            health = checkup.withLoads(health, asked.streaming(), ledger.startNanos);
        }
        boolean goesOn = turn.isPresent() && context.forcedModel().isEmpty(); // a forced model is the only one that may
        return goesOn
                ? table.continueWith(turn.get().model(), asked.request(), context, health)
                : table.decide(asked.request(), context, health, engine.random.getAsLong());
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
        return checkup.now(CallContext.empty(), engine.ticker.getAsLong(), engine.clock.millis());
    }

    private static RoutingPolicy declaredOrder(List<Candidate> candidates) {
        String[] others =
                candidates.stream().skip(1).map(c -> c.id().toString()).toArray(String[]::new);
        return RoutingPolicy.inOrder(candidates.get(0).id().toString(), others);
    }
}
