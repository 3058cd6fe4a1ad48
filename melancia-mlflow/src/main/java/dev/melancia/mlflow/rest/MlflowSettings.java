package dev.melancia.mlflow.rest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an MLflow server is and how to speak to it. Immutable. {@code toString()} never shows a password or token.
 *
 * <p>Defaults: connect within 5 s, a request within 30 s (artifacts: one second more per megabyte), new events are
 * merged for half a second, a server that fails is asked again after 0.5 s, then at doubling intervals up to 30 s.
 *
 * @since 0.1.0
 */
public final class MlflowSettings {

    private final URI uri;
    private final Optional<String> authorization;
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final Duration mergeDelay;
    private final Duration firstBackoff;
    private final Duration greatestBackoff;
    private final Optional<HttpClient> httpClient;

    private MlflowSettings(Builder builder) {
        this.uri = builder.uri;
        this.authorization = builder.authorization;
        this.connectTimeout = builder.connectTimeout;
        this.requestTimeout = builder.requestTimeout;
        this.mergeDelay = builder.mergeDelay;
        this.firstBackoff = builder.firstBackoff;
        this.greatestBackoff = builder.greatestBackoff;
        this.httpClient = builder.httpClient;
    }

    /**
     * Settings of a server.
     *
     * @param uri of scheme http or https, with the path the server stands under if any
     * @throws IllegalArgumentException for other schemes, and for credentials in the URI
     */
    public static Builder builder(URI uri) {
        return new Builder(uri);
    }

    /**
     * Settings from MLflow's own variables: {@code MLFLOW_TRACKING_URI}, {@code MLFLOW_TRACKING_USERNAME} with
     * {@code MLFLOW_TRACKING_PASSWORD} or else {@code MLFLOW_TRACKING_TOKEN}, and {@code MLFLOW_HTTP_REQUEST_TIMEOUT} in
     * seconds.
     *
     * @param environment such as {@link System#getenv()}
     * @return empty when no tracking URI is set
     * @throws IllegalArgumentException when a variable has a form that cannot be used
     */
    public static Optional<MlflowSettings> fromEnvironment(Map<String, String> environment) {
        String uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "").strip();
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        Builder builder = builder(parse(uri));
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (!user.isEmpty() && !password.isEmpty()) {
            builder.basic(user, password);
        } else if (!token.isEmpty()) {
            builder.bearer(token);
        }
        String seconds =
                environment.getOrDefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "").strip();
        if (!seconds.isEmpty()) {
            builder.requestTimeout(Duration.ofSeconds(parseSeconds(seconds)));
        }
        return Optional.of(builder.build());
    }

    private static URI parse(String uri) {
        try {
            return URI.create(uri);
        } catch (IllegalArgumentException notAUri) {
            // Without the cause: its message repeats the text, which may hold a password.
            throw new IllegalArgumentException("MLFLOW_TRACKING_URI must be a URI such as http://127.0.0.1:5000");
        }
    }

    private static long parseSeconds(String seconds) {
        try {
            return Long.parseLong(seconds);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "MLFLOW_HTTP_REQUEST_TIMEOUT must be whole seconds, was \"" + seconds + '"', notANumber);
        }
    }

    /** Where the server is, without a slash at the end. */
    public URI uri() {
        return uri;
    }

    /** Longest time to connect. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Longest time for a whole request with its answer. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** How long new events wait for company. */
    public Duration mergeDelay() {
        return mergeDelay;
    }

    Optional<String> authorization() {
        return authorization;
    }

    /** First pause before a server that failed is asked again. */
    public Duration firstBackoff() {
        return firstBackoff;
    }

    /** Greatest of these pauses. */
    public Duration greatestBackoff() {
        return greatestBackoff;
    }

    Optional<HttpClient> httpClient() {
        return httpClient;
    }

    @Override
    public String toString() {
        return "MlflowSettings[" + uri + (authorization.isPresent() ? ", with credentials" : "") + "]";
    }

    /**
     * Collects settings. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final URI uri;
        private Optional<String> authorization = Optional.empty();
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration mergeDelay = Duration.ofMillis(500);
        private Duration firstBackoff = Duration.ofMillis(500);
        private Duration greatestBackoff = Duration.ofSeconds(30);
        private Optional<HttpClient> httpClient = Optional.empty();

        private Builder(URI uri) {
            String scheme =
                    String.valueOf(requireNonNull(uri, "uri").getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException(
                        "MLflow's tracking URI must be of scheme http or https, was " + scheme + "; start a server");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("MLflow's tracking URI must name a host");
            }
            if (uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("MLflow's tracking URI must not hold credentials; use"
                        + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
            }
            String text = uri.toString();
            this.uri = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
        }

        /** Signs in with a user and password. */
        public Builder basic(String user, String password) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
            return this;
        }

        /**
         * Signs in with a token; white space around it is not part of it.
         *
         * @throws IllegalArgumentException when the token holds a line break or anything else but printable ASCII
         */
        public Builder bearer(String token) {
            String inner = requireNonNull(token, "token").strip();
            if (!inner.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw new IllegalArgumentException(
                        "MLflow's token must hold printable ASCII characters only, as a header"
                                + " takes no others; check it for a line break in the middle");
            }
            authorization = Optional.of("Bearer " + inner);
            return this;
        }

        /** Longest time to connect, above 0; not used with a client of the host. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /** Longest time for a whole request with its answer, above 0. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = positive("requestTimeout", timeout);
            return this;
        }

        /** How long new events wait for company, above 0. */
        public Builder mergeDelay(Duration delay) {
            mergeDelay = positive("mergeDelay", delay);
            return this;
        }

        /** First and greatest pause before a server that failed is asked again, above 0. */
        public Builder backoff(Duration first, Duration greatest) {
            firstBackoff = positive("first", first);
            greatestBackoff = positive("greatest", greatest);
            return this;
        }

        /** The host's client, such as one with its own certificates. */
        public Builder httpClient(HttpClient client) {
            httpClient = Optional.of(client);
            return this;
        }

        /** The settings. */
        public MlflowSettings build() {
            return new MlflowSettings(this);
        }

        private static Duration positive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(name + " must be above 0, was " + duration);
            }
            return duration;
        }
    }
}
