package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.melancia.budget.Budgets;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallListener;
import dev.melancia.call.UserKeys;
import dev.melancia.cost.PriceTable;
import dev.melancia.cost.TokenCounts;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RateLimit;
import dev.melancia.routing.RoutingPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link ModelRouter}: models first, everything else has a default. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class ModelRouterBuilder {

    private static final Set<ModelCapability> WITHOUT_STREAMING =
            EnumSet.complementOf(EnumSet.of(ModelCapability.STREAMING));
    private static final TokenReader TOKEN_USAGE = response -> TokenCounts.reported(response.tokenUsage());

    final List<Registration> registered = new ArrayList<>();
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
    RetrySettings retries = RetrySettings.defaults();
    HedgeSettings hedging = HedgeSettings.none();
    PriceTable prices = PriceTable.builder().build();
    final Map<String, RateLimit> tenantLimits = new HashMap<>();

    @Nullable
    RateLimit eachTenantLimit;

    @Nullable
    Budgets budgets;

    UserKeys userKeys = UserKeys.ephemeral();

    @Nullable
    Executor executor;

    UnaryOperator<Runnable> contextCarrier = ContextCarrier::carry;
    InstantSource clock = InstantSource.system();
    LongSupplier ticker = System::nanoTime;
    LongSupplier random = () -> ThreadLocalRandom.current().nextLong();
    Parking parking = Parking.platform();
    Timers timers = new TimerThread();

    /** Where the router does work of its own; null for threads of its own. */
    @Nullable
    Executor ownThreads;

    ModelRouterBuilder() {}

    /** Adds a model that answers in one piece only. Models added first come first in fallback order. */
    public ModelRouterBuilder model(Candidate candidate, ChatModel chatModel) {
        return add(candidate, requireNonNull(chatModel, "chatModel"), null, TOKEN_USAGE);
    }

    /** Adds a model that answers both ways. */
    public ModelRouterBuilder model(Candidate candidate, ChatModel chatModel, StreamingChatModel streaming) {
        return add(
                candidate, requireNonNull(chatModel, "chatModel"), requireNonNull(streaming, "streaming"), TOKEN_USAGE);
    }

    /**
     * Adds a model that its provider builds from the environment, able to do what provider and candidate both say.
     *
     * @throws dev.melancia.provider.UnknownProviderException when there is no such provider
     * @throws dev.melancia.provider.ProviderConfigurationException when the provider misses a setting
     */
    public ModelRouterBuilder model(Candidate candidate, ChatModelProviders providers) {
        ModelSettings.Builder settings = ModelSettings.builder(candidate.id());
        candidate.contextWindow().ifPresent(settings::contextWindow);
        return model(candidate, settings.build(), providers);
    }

    /** As {@link #model(Candidate, ChatModelProviders)}, from these settings. */
    public ModelRouterBuilder model(Candidate candidate, ModelSettings settings, ChatModelProviders providers) {
        Candidate.Builder able = candidate.restrictedTo(providers.capabilities(settings)).toBuilder();
        if (candidate.contextWindow().isEmpty()) {
            settings.contextWindow().ifPresent(able::contextWindow);
        }
        if (providers.provider(settings.model().provider()).isInterruptSafe()) {
            able.interruptSafe();
        }
        Candidate built = able.build();
        boolean streams = built.capabilities().contains(ModelCapability.STREAMING);
        return add(
                built,
                providers.chatModel(settings),
                streams ? providers.streamingChatModel(settings) : null,
                providers.tokenReader(settings)::apply);
    }

    private ModelRouterBuilder add(
            Candidate candidate, ChatModel chatModel, @Nullable StreamingChatModel streaming, TokenReader tokens) {
        Candidate able = streaming == null ? candidate.restrictedTo(WITHOUT_STREAMING) : candidate;
        registered.add(new Registration(able, chatModel, streaming, tokens));
        return this;
    }

    /** Models in declared order, whatever the request, unless said otherwise. */
    public ModelRouterBuilder policy(RoutingPolicy policy) {
        this.policy = requireNonNull(policy, "policy");
        return this;
    }

    /** Flags that the policy asks; the built-in ones unless given. */
    public ModelRouterBuilder flags(FeatureFlags flags) {
        this.flags = requireNonNull(flags, "flags");
        return this;
    }

    /** 3 minutes an attempt and 6 a call unless said otherwise. */
    public ModelRouterBuilder limits(CallLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Gives answers again to the same question, while the flag {@code enable_caching} is on; none unless given. Read
     * {@link dev.melancia.cache.CacheKey} for what is the same. It stays the host's to close, if it needs that.
     */
    public ModelRouterBuilder cache(ResponseCache cache) {
        this.cache = requireNonNull(cache, "cache");
        return this;
    }

    /** When a model that keeps failing is left alone; {@link BreakerSettings#defaults()} unless said otherwise. */
    public ModelRouterBuilder breaker(BreakerSettings settings) {
        this.breaker = requireNonNull(settings, "settings");
        return this;
    }

    /** When the last model standing is tried again; {@link RetrySettings#defaults()} unless said otherwise. */
    public ModelRouterBuilder retries(RetrySettings settings) {
        this.retries = requireNonNull(settings, "settings");
        return this;
    }

    /** When a second model is asked beside a slow one; never unless said otherwise. */
    public ModelRouterBuilder hedging(HedgeSettings settings) {
        this.hedging = requireNonNull(settings, "settings");
        return this;
    }

    /** Prices of candidates that bring none of their own, such as {@link PriceTable#shipped()}; none unless given. */
    public ModelRouterBuilder prices(PriceTable table) {
        this.prices = requireNonNull(table, "table");
        return this;
    }

    /**
     * What may be spent; as much as calls cost unless given. Every candidate must then have a price, if it is
     * {@link dev.melancia.cost.TokenPrice#free()}: what nobody can price, nobody can bound.
     */
    public ModelRouterBuilder budgets(Budgets limits) {
        this.budgets = requireNonNull(limits, "limits");
        return this;
    }

    /** How often calls of one tenant may begin; as often as they come unless said otherwise. */
    public ModelRouterBuilder tenantLimit(RateLimit each) {
        this.eachTenantLimit = requireNonNull(each, "each");
        return this;
    }

    /** How often calls of this tenant may begin, instead of what is said of each. */
    public ModelRouterBuilder tenantLimit(String tenant, RateLimit limit) {
        tenantLimits.put(requireNonNull(tenant, "tenant"), requireNonNull(limit, "limit"));
        return this;
    }

    /** None unless said otherwise. */
    public ModelRouterBuilder requestLimits(RequestLimits limits) {
        this.requestLimits = requireNonNull(limits, "limits");
        return this;
    }

    /** Adds a reader of call records. */
    public ModelRouterBuilder listener(CallListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds a langchain4j listener, told once a call whatever number of models it took. */
    public ModelRouterBuilder chatModelListener(ChatModelListener listener) {
        modelListeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** How records show users; keys that hold within this router's life unless given. */
    public ModelRouterBuilder userKeys(UserKeys userKeys) {
        this.userKeys = requireNonNull(userKeys, "userKeys");
        return this;
    }

    /** Where models run while callers wait; threads of our own unless given. It stays the host's to close. */
    public ModelRouterBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /** Wraps what runs on another thread, called on the caller's; SLF4J's diagnostic context and the
     * class loader unless given. */
    public ModelRouterBuilder contextCarrier(UnaryOperator<Runnable> carrier) {
        this.contextCarrier = requireNonNull(carrier, "carrier");
        return this;
    }

    /**
     * Time, for tests.
     *
     * @param clock wall clock of records
     * @param ticker nanoseconds from any origin, as {@link System#nanoTime()}
     */
    public ModelRouterBuilder time(InstantSource clock, LongSupplier ticker) {
        this.clock = requireNonNull(clock, "clock");
        this.ticker = requireNonNull(ticker, "ticker");
        return this;
    }

    /** Random bits for call ids and for splits without a user, for tests. */
    public ModelRouterBuilder random(LongSupplier random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /** Calls that may run on all models together. */
    long permits() {
        return registered.stream()
                .mapToLong(model -> model.candidate().maxConcurrentCalls())
                .sum();
    }

    /** Another way for callers to wait and for time to pass, for simulations. */
    ModelRouterBuilder simulated(Parking otherParking, Timers otherTimers) {
        this.parking = otherParking;
        this.timers = otherTimers;
        return this;
    }

    /** Other threads for the router's own work, for simulations. */
    ModelRouterBuilder ownThreads(Executor other) {
        this.ownThreads = other;
        return this;
    }

    /**
     * Builds the router.
     *
     * @throws IllegalArgumentException when the policy names a model, tier or flag that is not there, or budgets are set
     *     and a candidate has no price
     * @throws IllegalStateException when no model was added
     */
    public ModelRouter build() {
        if (registered.isEmpty()) {
            throw new IllegalStateException("a router must have at least one model; add model(…)");
        }
        return new ModelRouter(this);
    }
}
