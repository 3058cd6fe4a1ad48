package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a provider needs to build one model. Only the model is required: address and key come from the environment
 * variables that the provider's users expect. Immutable; its {@code toString()} shows no key.
 *
 * @since 0.1.0
 */
public final class ModelSettings {

    /** 185 s: the router's limit of 3 minutes an attempt plus a little, so that an abandoned exchange dies by itself. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(185);

    private final ModelId model;
    private final @Nullable URI baseUrl;
    private final @Nullable Secret apiKey;
    private final Duration timeout;
    private final @Nullable Double temperature;
    private final @Nullable Integer maxOutputTokens;
    private final @Nullable Integer contextWindow;
    private final @Nullable Set<ModelCapability> capabilities;
    private final List<ChatModelListener> listeners;
    private final Function<String, @Nullable String> environment;

    private ModelSettings(Builder builder) {
        this.model = builder.model;
        this.baseUrl = builder.baseUrl;
        this.apiKey = builder.apiKey;
        this.timeout = builder.timeout;
        this.temperature = builder.temperature;
        this.maxOutputTokens = builder.maxOutputTokens;
        this.contextWindow = builder.contextWindow;
        this.capabilities = builder.capabilities;
        this.listeners = builder.listeners;
        this.environment = builder.environment;
    }

    /** Settings of a model with everything else at its default. */
    public static ModelSettings of(ModelId model) {
        return builder(model).build();
    }

    public static Builder builder(ModelId model) {
        return new Builder(model);
    }

    public ModelId model() {
        return model;
    }

    /** Address of the provider's server, if given here. */
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    /** Key or token, if given here. */
    public Optional<Secret> apiKey() {
        return Optional.ofNullable(apiKey);
    }

    /**
     * Limit of one HTTP exchange, at least a millisecond: a whole answer is there within it; a stream begins within it and
     * never pauses for longer.
     */
    public Duration timeout() {
        return timeout;
    }

    /** Sampling temperature in [0, 2]; empty leaves the provider's own default. */
    public OptionalDouble temperature() {
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /** Longest answer in tokens, at least 1; empty leaves the provider's own default. */
    public OptionalInt maxOutputTokens() {
        return maxOutputTokens == null ? OptionalInt.empty() : OptionalInt.of(maxOutputTokens);
    }

    /**
     * Tokens of prompt and answer together that the model's server is to make room for, at least 1; only where the client
     * chooses it, as with Ollama. Empty leaves the server's own.
     */
    public OptionalInt contextWindow() {
        return contextWindow == null ? OptionalInt.empty() : OptionalInt.of(contextWindow);
    }

    /**
     * These settings with another context window.
     *
     * @throws IllegalArgumentException below 1
     */
    public ModelSettings withContextWindow(int tokens) {
        return new ModelSettings(new Builder(this).contextWindow(tokens));
    }

    /** What this very model can do, where it differs from {@link ChatModelProvider#capabilities()}. */
    public Optional<Set<ModelCapability>> capabilities() {
        return Optional.ofNullable(capabilities);
    }

    /** langchain4j listeners of the model itself, called once a request by the model. */
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    /** Value of an environment variable; empty when it is unset or blank. */
    public Optional<String> environment(String name) {
        String value = environment.apply(requireNonNull(name, "name"));
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    @Override
    public String toString() {
        return "ModelSettings[model=" + model + ", baseUrl=" + baseUrl + ", apiKey=" + apiKey + ", timeout=" + timeout
                + "]";
    }

    /** Collects settings; confined to one thread. */
    public static final class Builder {

        private static final double MAX_TEMPERATURE = 2;

        private final ModelId model;
        private @Nullable URI baseUrl;
        private @Nullable Secret apiKey;
        private Duration timeout = DEFAULT_TIMEOUT;
        private @Nullable Double temperature;
        private @Nullable Integer maxOutputTokens;
        private @Nullable Integer contextWindow;
        private @Nullable Set<ModelCapability> capabilities;
        private List<ChatModelListener> listeners = List.of();
        private Function<String, @Nullable String> environment = System::getenv;

        private Builder(ModelId model) {
            this.model = requireNonNull(model, "model");
        }

        private Builder(ModelSettings settings) {
            this.model = settings.model;
            this.baseUrl = settings.baseUrl;
            this.apiKey = settings.apiKey;
            this.timeout = settings.timeout;
            this.temperature = settings.temperature;
            this.maxOutputTokens = settings.maxOutputTokens;
            this.contextWindow = settings.contextWindow;
            this.capabilities = settings.capabilities;
            this.listeners = settings.listeners;
            this.environment = settings.environment;
        }

        /**
         * Address of the provider's server.
         *
         * @throws IllegalArgumentException when it holds a user, a password, a query or a fragment, which would show in
         *     logs
         */
        public Builder baseUrl(URI baseUrl) {
            requireNonNull(baseUrl, "baseUrl");
            if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "baseUrl must not hold a user, password, query or fragment (value not"
                                + " shown); give the key with apiKey");
            }
            this.baseUrl = baseUrl;
            return this;
        }

        public Builder apiKey(Secret apiKey) {
            this.apiKey = requireNonNull(apiKey, "apiKey");
            return this;
        }

        /**
         * Limit of one HTTP exchange.
         *
         * @throws IllegalArgumentException below a millisecond
         */
        public Builder timeout(Duration timeout) {
            if (requireNonNull(timeout, "timeout").toMillis() < 1) {
                throw new IllegalArgumentException("timeout must be at least 1 ms, was " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sampling temperature.
         *
         * @throws IllegalArgumentException outside [0, 2]
         */
        public Builder temperature(double temperature) {
            if (!(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
                throw new IllegalArgumentException("temperature must be in [0, 2], was " + temperature);
            }
            this.temperature = temperature;
            return this;
        }

        /**
         * Longest answer in tokens.
         *
         * @throws IllegalArgumentException below 1
         */
        public Builder maxOutputTokens(int maxOutputTokens) {
            if (maxOutputTokens < 1) {
                throw new IllegalArgumentException("maxOutputTokens must be at least 1, was " + maxOutputTokens);
            }
            this.maxOutputTokens = maxOutputTokens;
            return this;
        }

        /**
         * Tokens of prompt and answer together; the router goes by them too, unless the candidate says otherwise.
         *
         * @throws IllegalArgumentException below 1
         */
        public Builder contextWindow(int contextWindow) {
            if (contextWindow < 1) {
                throw new IllegalArgumentException("contextWindow must be at least 1, was " + contextWindow);
            }
            this.contextWindow = contextWindow;
            return this;
        }

        public Builder capabilities(Set<ModelCapability> capabilities) {
            this.capabilities = Set.copyOf(capabilities);
            return this;
        }

        public Builder listeners(List<ChatModelListener> listeners) {
            this.listeners = List.copyOf(listeners);
            return this;
        }

        /** Where environment variables are read; the process's own by default, a map in tests. */
        public Builder environment(Function<String, @Nullable String> environment) {
            this.environment = requireNonNull(environment, "environment");
            return this;
        }

        public ModelSettings build() {
            return new ModelSettings(this);
        }
    }
}
