package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.melancia.provider.ModelId;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who calls and why: what a routing policy looks at besides the request. Everything is optional. Immutable; its
 * {@code toString()} shows neither user nor question.
 *
 * <p>It reaches the router in one of three ways: bound to a view ({@code router.chatModel(context)}), with one request
 * ({@link #asRequestOptions()}), or from a supplier that a view asks once a call, on the caller's thread.
 *
 * @since 0.1.0
 */
public final class CallContext {

    private static final CallContext EMPTY = new CallContext(new Builder());

    // Kept as Optionals: rules, limits, budgets and records ask some ten times a call, and each Optional made then
    // would
    // be an object more, which no compiler of Java 17 takes away.
    private final Optional<String> userId;
    private final Optional<String> tenant;
    private final Optional<String> tier;
    private final Optional<String> conversationId;
    private final Optional<String> promptVersion;
    private final Optional<String> question;
    private final Optional<ModelId> forcedModel;
    private final CacheMode cacheMode;
    private final Urgency urgency;
    private final Optional<BigDecimal> priceCeilingUsd;
    private final Optional<CallListener> listener;
    private final Map<String, String> tags;

    private CallContext(Builder builder) {
        this.userId = Optional.ofNullable(builder.userId);
        this.tenant = Optional.ofNullable(builder.tenant);
        this.tier = Optional.ofNullable(builder.tier);
        this.conversationId = Optional.ofNullable(builder.conversationId);
        this.promptVersion = Optional.ofNullable(builder.promptVersion);
        this.question = Optional.ofNullable(builder.question);
        this.forcedModel = Optional.ofNullable(builder.forcedModel);
        this.cacheMode = builder.cacheMode;
        this.urgency = builder.urgency;
        this.priceCeilingUsd = Optional.ofNullable(builder.priceCeilingUsd);
        this.listener = Optional.ofNullable(builder.listener);
        this.tags = Map.copyOf(builder.tags);
    }

    /** Nothing is known of the caller. */
    public static CallContext empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The user, as the host names them; splits are sticky on it, records show only a keyed hash of it. */
    public Optional<String> userId() {
        return userId;
    }

    /** The customer or department on whose behalf the call is made. */
    public Optional<String> tenant() {
        return tenant;
    }

    /** The user's plan, such as {@code free} or {@code premium}. */
    public Optional<String> tier() {
        return tier;
    }

    /** The conversation that this call continues. */
    public Optional<String> conversationId() {
        return conversationId;
    }

    /** Name and version of the prompt template in use, such as {@code answer@3}. */
    public Optional<String> promptVersion() {
        return promptVersion;
    }

    /** The user's own words, where the message a model sees was augmented; rules on words look at this first. */
    public Optional<String> question() {
        return question;
    }

    /** The only model that may answer this call. */
    public Optional<ModelId> forcedModel() {
        return forcedModel;
    }

    /** What the call does with the router's response cache, if there is one; {@link CacheMode#USE} unless said otherwise. */
    public CacheMode cacheMode() {
        return cacheMode;
    }

    /** How soon somebody waits for the answer; {@link Urgency#NORMAL} unless said otherwise. */
    public Urgency urgency() {
        return urgency;
    }

    /** What one attempt of this call may be expected to cost at most, in US dollars. */
    public Optional<BigDecimal> priceCeilingUsd() {
        return priceCeilingUsd;
    }

    /** Told of the records of calls with this context, after the router's own listeners; of feedback it is not told. */
    public Optional<CallListener> listener() {
        return listener;
    }

    /** Free labels, in no particular order. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Options that carry this context with one request: {@code model.chat(request, context.asRequestOptions())}. */
    public ChatRequestOptions asRequestOptions() {
        return ChatRequestOptions.builder()
                .addListenerAttribute(CallContext.class, this)
                .build();
    }

    /** The context that {@link #asRequestOptions()} put into these options. */
    public static Optional<CallContext> from(ChatRequestOptions options) {
        return Optional.ofNullable((CallContext) options.listenerAttributes().get(CallContext.class));
    }

    @Override
    public String toString() {
        return "CallContext[tier=" + tier.orElse(null) + ", forcedModel=" + forcedModel.orElse(null)
                + ", promptVersion=" + promptVersion.orElse(null) + "]";
    }

    /** Collects a context; confined to one thread. */
    public static final class Builder {

        private @Nullable String userId;
        private @Nullable String tenant;
        private @Nullable String tier;
        private @Nullable String conversationId;
        private @Nullable String promptVersion;
        private @Nullable String question;
        private @Nullable ModelId forcedModel;
        private CacheMode cacheMode = CacheMode.USE;
        private Urgency urgency = Urgency.NORMAL;
        private @Nullable BigDecimal priceCeilingUsd;
        private @Nullable CallListener listener;
        private final Map<String, String> tags = new LinkedHashMap<>();

        private Builder() {}

        public Builder userId(String userId) {
            this.userId = requireNotBlank(userId, "userId");
            return this;
        }

        public Builder tenant(String tenant) {
            this.tenant = requireNotBlank(tenant, "tenant");
            return this;
        }

        public Builder tier(String tier) {
            this.tier = requireNotBlank(tier, "tier");
            return this;
        }

        public Builder conversationId(String conversationId) {
            this.conversationId = requireNotBlank(conversationId, "conversationId");
            return this;
        }

        public Builder promptVersion(String promptVersion) {
            this.promptVersion = requireNotBlank(promptVersion, "promptVersion");
            return this;
        }

        public Builder question(String question) {
            this.question = requireNonNull(question, "question");
            return this;
        }

        public Builder forcedModel(ModelId forcedModel) {
            this.forcedModel = requireNonNull(forcedModel, "forcedModel");
            return this;
        }

        /** Use the router's response cache, refresh it or pass it by. */
        public Builder cache(CacheMode mode) {
            this.cacheMode = requireNonNull(mode, "mode");
            return this;
        }

        public Builder urgency(Urgency urgency) {
            this.urgency = requireNonNull(urgency, "urgency");
            return this;
        }

        /**
         * What one attempt may be expected to cost at most: models that would cost more are passed over.
         *
         * @param usd such as {@code "0.02"}, at least 0
         * @throws IllegalArgumentException when it is no decimal number, or below 0
         */
        public Builder priceCeilingUsd(String usd) {
            this.priceCeilingUsd = usd(requireNonNull(usd, "usd"));
            return this;
        }

        /**
         * Told of this call's record before the host gets its answer: the way to its call id, for feedback. A context
         * that several calls share tells it of each. Feedback goes to the router's own listeners only.
         */
        public Builder listener(CallListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        public Builder tag(String name, String value) {
            tags.put(requireNotBlank(name, "tag name"), requireNonNull(value, "tag value"));
            return this;
        }

        public CallContext build() {
            return new CallContext(this);
        }

        private static BigDecimal usd(String text) {
            BigDecimal usd;
            try {
                usd = new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "priceCeilingUsd must be a decimal number of US dollars, was " + text, e);
            }
            if (usd.signum() < 0) {
                throw new IllegalArgumentException("priceCeilingUsd must be at least 0, was " + text);
            }
            return usd;
        }

        private static String requireNotBlank(String value, String name) {
            if (requireNonNull(value, name).isBlank()) {
                throw new IllegalArgumentException(name + " must not be blank; leave it out when it is not known");
            }
            return value;
        }
    }
}
