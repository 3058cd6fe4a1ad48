package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallListener;
import dev.melancia.call.UserKeys;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    private final List<RoutedModel> models;
    private final Engine engine;
    private final Intake intake;

    private ModelRouter(Builder builder) {
        this.engine = new Engine(builder);
        this.models = builder.registered.stream()
                .map(registered -> new RoutedModel(
                        registered.watchedBy(engine.cache),
                        builder.limits,
                        new Breaker(builder.breaker, builder.ticker.getAsLong())))
                .toList();
        this.intake = new Intake(builder, models, engine);
    }

    public static Builder builder() {
        return new Builder();
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

    /** Collects a router; confined to one thread. */
    public static final class Builder {

        private final List<Registration> registered = new ArrayList<>();
        final List<CallListener> listeners = new ArrayList<>();
        final List<ChatModelListener> modelListeners = new ArrayList<>();

        @Nullable
        RoutingPolicy policy;

        @Nullable
        ResponseCache cache;

        FeatureFlags flags = FeatureFlags.create();
        CallLimits limits = CallLimits.defaults();
        RequestLimits requestLimits = RequestLimits.none();
        BreakerSettings breaker = BreakerSettings.defaults();
        UserKeys userKeys = UserKeys.ephemeral();

        @Nullable
        Executor executor;

        UnaryOperator<Runnable> contextCarrier = ContextCarrier::carry;
        InstantSource clock = InstantSource.system();
        LongSupplier ticker = System::nanoTime;
        LongSupplier random = () -> ThreadLocalRandom.current().nextLong();

        private Builder() {}

        /** Adds a model that answers in one piece only. Models added first come first in fallback order. */
        public Builder model(Candidate candidate, ChatModel chatModel) {
            Set<ModelCapability> withoutStreaming = EnumSet.complementOf(EnumSet.of(ModelCapability.STREAMING));
            registered.add(new Registration(
                    candidate.restrictedTo(withoutStreaming), requireNonNull(chatModel, "chatModel"), null));
            return this;
        }

        /** Adds a model that answers both ways. */
        public Builder model(Candidate candidate, ChatModel chatModel, StreamingChatModel streaming) {
            registered.add(new Registration(
                    requireNonNull(candidate, "candidate"),
                    requireNonNull(chatModel, "chatModel"),
                    requireNonNull(streaming, "streaming")));
            return this;
        }

        /**
         * Adds a model that its provider builds from the environment, able to do what provider and candidate both say.
         *
         * @throws dev.melancia.provider.UnknownProviderException when there is no such provider
         * @throws dev.melancia.provider.ProviderConfigurationException when the provider misses a setting
         */
        public Builder model(Candidate candidate, ChatModelProviders providers) {
            return model(candidate, ModelSettings.of(candidate.id()), providers);
        }

        /** As {@link #model(Candidate, ChatModelProviders)}, from these settings. */
        public Builder model(Candidate candidate, ModelSettings settings, ChatModelProviders providers) {
            Candidate able = candidate.restrictedTo(providers.capabilities(settings));
            ChatModel chatModel = providers.chatModel(settings);
            return able.capabilities().contains(ModelCapability.STREAMING)
                    ? model(able, chatModel, providers.streamingChatModel(settings))
                    : model(able, chatModel);
        }

        /** Models in declared order, whatever the request, unless said otherwise. */
        public Builder policy(RoutingPolicy policy) {
            this.policy = requireNonNull(policy, "policy");
            return this;
        }

        /** Flags that the policy asks; the built-in ones unless given. */
        public Builder flags(FeatureFlags flags) {
            this.flags = requireNonNull(flags, "flags");
            return this;
        }

        /** 3 minutes an attempt and 6 a call unless said otherwise. */
        public Builder limits(CallLimits limits) {
            this.limits = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Gives answers again to the same question, while the flag {@code enable_caching} is on; none unless given. Read
         * {@link dev.melancia.cache.CacheKey} for what is the same. It stays the host's to close, if it needs that.
         */
        public Builder cache(ResponseCache cache) {
            this.cache = requireNonNull(cache, "cache");
            return this;
        }

        /** When a model that keeps failing is left alone; {@link BreakerSettings#defaults()} unless said otherwise. */
        public Builder breaker(BreakerSettings settings) {
            this.breaker = requireNonNull(settings, "settings");
            return this;
        }

        /** None unless said otherwise. */
        public Builder requestLimits(RequestLimits limits) {
            this.requestLimits = requireNonNull(limits, "limits");
            return this;
        }

        /** Adds a reader of call records. */
        public Builder listener(CallListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Adds a langchain4j listener, told once a call whatever number of models it took. */
        public Builder chatModelListener(ChatModelListener listener) {
            modelListeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** How records show users; keys that hold within this router's life unless given. */
        public Builder userKeys(UserKeys userKeys) {
            this.userKeys = requireNonNull(userKeys, "userKeys");
            return this;
        }

        /** Where models run while callers wait; threads of our own unless given. It stays the host's to close. */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /** Wraps what runs on another thread, called on the caller's; SLF4J's diagnostic context and the
         * class loader unless given. */
        public Builder contextCarrier(UnaryOperator<Runnable> carrier) {
            this.contextCarrier = requireNonNull(carrier, "carrier");
            return this;
        }

        /**
         * Time, for tests.
         *
         * @param clock wall clock of records
         * @param ticker nanoseconds from any origin, as {@link System#nanoTime()}
         */
        public Builder time(InstantSource clock, LongSupplier ticker) {
            this.clock = requireNonNull(clock, "clock");
            this.ticker = requireNonNull(ticker, "ticker");
            return this;
        }

        /** Random bits for call ids and for splits without a user, for tests. */
        public Builder random(LongSupplier random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /**
         * Builds the router.
         *
         * @throws IllegalArgumentException when the policy names a model, tier or flag that is not there
         * @throws IllegalStateException when no model was added
         */
        public ModelRouter build() {
            if (registered.isEmpty()) {
                throw new IllegalStateException("a router must have at least one model; add model(…)");
            }
            return new ModelRouter(this);
        }
    }
}
