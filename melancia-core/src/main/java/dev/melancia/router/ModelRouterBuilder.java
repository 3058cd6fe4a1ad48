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
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelSettings;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RateLimit;
import dev.melancia.routing.RoutingPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
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
    ThreadFactory deadlineThreads = Workers.threads("melancia-deadline");

    /** Where the router does work of its own; null for threads of its own. */
    @Nullable
    Executor ownThreads;

    ModelRouterBuilder() {}

    /**
     * Adds a model that answers in one piece only. Models added first come first in fallback order. Of a model given by hand
     * only langchain4j's own counts of tokens are read, not what its provider had cached, and it runs on worker threads
     * unless its candidate is declared {@link Candidate.Builder#interruptSafe()}.
     */
    public ModelRouterBuilder model(Candidate candidate, ChatModel chatModel) {
        registered.add(Registration.byHand(candidate, requireNonNull(chatModel, "chatModel"), null));
        return this;
    }

    /** As {@link #model(Candidate, ChatModel)}, of a model that answers both ways. */
    public ModelRouterBuilder model(Candidate candidate, ChatModel chatModel, StreamingChatModel streaming) {
        requireNonNull(streaming, "streaming");
        registered.add(Registration.byHand(candidate, requireNonNull(chatModel, "chatModel"), streaming));
        return this;
    }

    /**
     * Adds a model that its provider builds from the environment, able to do what provider and candidate both say.
     *
     * @throws dev.melancia.provider.UnknownProviderException when there is no such provider
     * @throws dev.melancia.provider.ProviderConfigurationException when the provider misses a setting
     */
    public ModelRouterBuilder model(Candidate candidate, ChatModelProviders providers) {
        return model(candidate, ModelSettings.of(candidate.id()), providers);
    }

    /**
     * As {@link #model(Candidate, ChatModelProviders)}, from these settings. A context window that only one of candidate and
     * settings says goes for both; where they differ, the server is asked for the settings' and the router goes by the
     * candidate's.
     */
    public ModelRouterBuilder model(Candidate candidate, ModelSettings settings, ChatModelProviders providers) {
        registered.add(Registration.of(candidate, settings, providers));
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
     * What may be spent; as much as calls cost unless given. Every candidate must then have a price, even if it is
     * {@link dev.melancia.cost.TokenPrice#free()}: what nobody can price, nobody can bound. One whose price in a table
     * ends is not called from then on.
     */
    public ModelRouterBuilder budgets(Budgets limits) {
        this.budgets = requireNonNull(limits, "limits");
        return this;
    }

    /**
     * How often calls of one tenant may begin; as often as they come unless said otherwise. A call that comes too fast gets
     * {@link TenantLimitException}; one whose context names no tenant is not limited. Up to 100,000 tenants are counted at a
     * time; while none of them can be forgotten, a new one is refused.
     */
    public ModelRouterBuilder tenantLimit(RateLimit each) {
        this.eachTenantLimit = requireNonNull(each, "each");
        return this;
    }

    /**
     * How often calls of this tenant may begin, instead of what is said of each; it is always counted.
     *
     * @throws IllegalArgumentException when the tenant is blank
     */
    public ModelRouterBuilder tenantLimit(String tenant, RateLimit limit) {
        if (requireNonNull(tenant, "tenant").isBlank()) {
            throw new IllegalArgumentException("tenant must not be blank; tenantLimit(limit) is for each");
        }
        tenantLimits.put(tenant, requireNonNull(limit, "limit"));
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

    /**
     * Adds a langchain4j listener, told once a call whatever number of models it took. When it is told of the end, its
     * attributes hold the call's record: {@link dev.melancia.call.CallRecord#from}.
     */
    public ModelRouterBuilder chatModelListener(ChatModelListener listener) {
        modelListeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** How records show users; keys that hold within this router's life unless given. */
    public ModelRouterBuilder userKeys(UserKeys userKeys) {
        this.userKeys = requireNonNull(userKeys, "userKeys");
        return this;
    }

    /**
     * Where models run while callers wait; threads of our own unless given, and the caller's own for models that are safe to
     * interrupt, which then run here too. It stays the host's to close. Not used with {@link CallLimits#none()}.
     */
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
     *     and a candidate has no price now
     * @throws IllegalStateException when no model was added
     */
    public ModelRouter build() {
        if (registered.isEmpty()) {
            throw new IllegalStateException("a router must have at least one model; add model(…)");
        }
        return new ModelRouter(this);
    }
}
