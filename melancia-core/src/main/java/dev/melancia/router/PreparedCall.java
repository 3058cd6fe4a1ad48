package dev.melancia.router;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RoutingDecision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that was checked and decided, ready for a shell to carry out. Confined to the call. */
final class PreparedCall implements CallMachine.Candidates {

    final ChatRequest request;
    final ChatRequestOptions options;
    final CallLedger ledger;
    private final List<Candidate> candidates;
    private final Map<ModelId, RoutedModel> models;
    private final ToolTurns toolTurns;
    private final boolean endWithTheBudget;
    private final ModelListeners.@Nullable Observation observation;

    /** How the answer gets into the cache; null when it does not. */
    @Nullable
    CacheVisit visit;

    PreparedCall(Intake intake, Asked asked, CallLedger ledger, RoutingDecision decision) {
        this.request = asked.request();
        this.options = asked.options();
        this.ledger = ledger;
        this.candidates = decision.candidates();
        this.models = intake.models;
        this.toolTurns = intake.toolTurns;
        this.endWithTheBudget = decision.refusesWhenBudgetSpent();
        this.observation = intake.modelListeners.isEmpty() ? null : intake.modelListeners.onRequest(request, options);
    }

    @Override
    public int size() {
        return candidates.size();
    }

    @Override
    public int window(int position) {
        return candidates.get(position).contextWindow().orElse(Integer.MAX_VALUE);
    }

    @Override
    public boolean endWithTheBudget() {
        return endWithTheBudget;
    }

    RoutedModel model(int position) {
        RoutedModel model = models.get(candidates.get(position).id());
        if (model == null) {
            throw new IllegalStateException(candidates.get(position) + " is decided on, yet not registered");
        }
        return model;
    }

    boolean mayBeAnsweredBy(ModelId model) {
        return candidates.stream().anyMatch(candidate -> candidate.id().equals(model));
    }

    void answered(RoutedModel by, Outcome outcome, ChatResponse response) {
        toolTurns.asked(request.messages(), response, new ToolTurns.Turn(ledger.context, by.id()));
        if (visit != null && outcome == Outcome.ANSWERED) {
            visit.answered(by.id(), response, ledger.costOfAnswer());
        }
        answeredAgain(response);
    }

    /** The host gets an answer that was given before. */
    void answeredAgain(ChatResponse response) {
        if (observation != null) {
            observation.onResponse(response, ledger.record());
        }
    }

    void failed(Throwable error) {
        if (observation != null) {
            observation.onError(error, ledger.record());
        }
    }

    /** What a host hands in. */
    record Asked(ChatRequest request, ChatRequestOptions options, boolean streaming) {}
}
