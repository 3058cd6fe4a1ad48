package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.call.UserFeedback;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import java.util.List;
import java.util.function.Supplier;

/**
 * Chooses the model for every call, keeps the call alive when a model fails, and makes one
 * {@link dev.melancia.call.CallRecord} of it. It is no model itself: its two views are, and drop into langchain4j code and
 * AiServices.
 *
 * <p>Thread-safe. Closing ends its threads; calls under way end as their models do, new ones are refused.
 *
 * @since 0.1.0
 */
public final class ModelRouter implements AutoCloseable {

    final List<RoutedModel> models;
    private final Engine engine;
    private final Intake intake;

    ModelRouter(ModelRouterBuilder builder) {
        this.engine = new Engine(builder);
        this.models = builder.registered.stream()
                .map(registered ->
                        new RoutedModel(registered.watchedBy(engine.cache), builder, builder.ticker.getAsLong()))
                .toList();
        this.intake = new Intake(builder, models, engine);
    }

    public static ModelRouterBuilder builder() {
        return new ModelRouterBuilder();
    }

    /** A view without a context of its own; a request may bring one in its options. */
    public ChatModel chatModel() {
        return chatModel(CallContext.empty());
    }

    /** A view for one caller. */
    public ChatModel chatModel(CallContext context) {
        requireNonNull(context, "context");
        return new RoutedChatModel(engine, intake, () -> context);
    }

    /**
     * A view that asks for the context once a call, on the caller's thread: for AiServices that many users share. A turn
     * with a tool's result takes the context of the call that asked for the tool instead.
     */
    public ChatModel chatModel(Supplier<CallContext> context) {
        return new RoutedChatModel(engine, intake, requireNonNull(context, "context"));
    }

    /** As {@link #chatModel()}, piece by piece. Every error, also of a refused request, goes to the handler. */
    public StreamingChatModel streamingChatModel() {
        return streamingChatModel(CallContext.empty());
    }

    /** As {@link #chatModel(CallContext)}, piece by piece. */
    public StreamingChatModel streamingChatModel(CallContext context) {
        requireNonNull(context, "context");
        return new RoutedStreamingChatModel(engine, intake, () -> context);
    }

    /** As {@link #chatModel(Supplier)}, piece by piece. */
    public StreamingChatModel streamingChatModel(Supplier<CallContext> context) {
        return new RoutedStreamingChatModel(engine, intake, requireNonNull(context, "context"));
    }

    /** What would be decided now for this request and an answer in one piece, with reasons; no model is called. */
    public RoutingDecision explain(ChatRequest request, CallContext context) {
        return intake.explain(request, context);
    }

    /** The candidates in fallback order. */
    public List<Candidate> candidates() {
        return intake.candidates();
    }

    /** Which models cannot, or should not, take a call now, and why. */
    public HealthSnapshot health() {
        return intake.health();
    }

    /** The policy in force. */
    public RoutingPolicy policy() {
        return intake.policy();
    }

    /**
     * Puts another policy in force; calls already decided go on as decided.
     *
     * @throws IllegalArgumentException when it names a model, tier or flag that is not there; the old one stays in force
     */
    public void swapPolicy(RoutingPolicy policy) {
        intake.swapPolicy(requireNonNull(policy, "policy"));
    }

    /**
     * Tells the router's listeners, not those of contexts, what a user thought of a call's answer; {@link
     * dev.melancia.call.FeedbackJoin} finds its record.
     */
    public void feedback(UserFeedback feedback) {
        engine.tell(requireNonNull(feedback, "feedback"));
    }

    /** Calls that run on a model now, abandoned ones included until it returns. */
    public int callsRunning(ModelId model) {
        return models.stream()
                .filter(routed -> routed.id().equals(model))
                .mapToInt(routed -> routed.bulkhead.taken())
                .sum();
    }

    @Override
    public void close() {
        engine.close();
    }
}
