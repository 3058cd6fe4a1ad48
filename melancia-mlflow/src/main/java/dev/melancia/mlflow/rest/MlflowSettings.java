package dev.melancia.mlflow.rest;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where an MLflow server is and how to speak to it. Immutable. {@code toString()} never shows a password or token.
 *
 * <p>Defaults: connect within 5 s, a request within 30 s (artifacts: one second more per megabyte) and with 4 retries
 * within 2 minutes, new events are merged for half a second, a server that fails is asked again after 0.5 s, then at
 * doubling intervals up to 30 s of which half is random.
 *
 * @since 0.1.0
 */
public final class MlflowSettings {

    static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    static final Duration GREATEST_BACKOFF = Duration.ofSeconds(30);

    private final URI uri;
    private final Optional<String> authorization;
    private final Optional<String> workspace;
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final Duration totalTimeout;
    private final Duration mergeDelay;
    private final Duration firstBackoff;
    private final Duration greatestBackoff;
    private final double jitter;
    private final int retries;
    private final boolean respectsRetryAfter;
    private final Optional<SSLContext> sslContext;
    private final Optional<HttpClient> httpClient;

    private MlflowSettings(Builder builder) {
        this.uri = builder.uri;
        this.authorization = builder.authorization;
        this.workspace = builder.workspace;
        this.totalTimeout = builder.totalTimeout;
        this.jitter = builder.jitter;
        this.retries = builder.retries;
        this.respectsRetryAfter = builder.respectsRetryAfter;
        this.sslContext = builder.tls.context();
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
     * Settings from MLflow's own variables: {@code MLFLOW_TRACKING_URI}; {@code _USERNAME} with {@code _PASSWORD} or else
     * {@code _TOKEN}; {@code _SERVER_CERT_PATH}, {@code _CLIENT_CERT_PATH} and {@code _INSECURE_TLS};
     * {@code MLFLOW_HTTP_REQUEST_TIMEOUT} in seconds, {@code _MAX_RETRIES}, {@code _BACKOFF_FACTOR} (the first pause) and
     * {@code _BACKOFF_JITTER} (how much of it is random) in seconds; {@code MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER};
     * {@code MLFLOW_WORKSPACE}. A user or password that is not set is taken from the file {@code .mlflow/credentials} of the
     * home directory that {@code HOME} or {@code USERPROFILE} names.
     *
     * @param environment such as {@link System#getenv()}
     * @return empty when no tracking URI is set
     * @throws IllegalArgumentException when a variable has a form that cannot be used
     */
    public static Optional<MlflowSettings> fromEnvironment(Map<String, String> environment) {
        return fromEnvironment(environment, CredentialsFile.of(environment));
    }

    /** The same with another file of credentials, which need not be there. */
    public static Optional<MlflowSettings> fromEnvironment(Map<String, String> environment, Path credentials) {
        return new EnvironmentSettings(environment, CredentialsFile.read(credentials)).settings();
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

    /** Longest time for a request with all its retries. */
    public Duration totalTimeout() {
        return totalTimeout;
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

    /** Share of a pause that is random, in [0, 1]. */
    public double jitter() {
        return jitter;
    }

    /** How often a request that failed for now is made again, at least 0; an uploader does not count. */
    public int retries() {
        return retries;
    }

    /** Whether the pause that a server asks for is kept. */
    public boolean respectsRetryAfter() {
        return respectsRetryAfter;
    }

    /** The workspace of the server, if one was named. */
    public Optional<String> workspace() {
        return workspace;
    }

    Optional<SSLContext> sslContext() {
        return sslContext;
    }

    Optional<HttpClient> httpClient() {
        return httpClient;
    }

    @Override
    public String toString() {
        return "MlflowSettings[" + uri + (authorization.isPresent() ? ", with credentials" : "") + "]";
    }

    /**
     * Collects settings; durations are at most 365 days. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final URI uri;
        private Optional<String> authorization = Optional.empty();
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Optional<String> workspace = Optional.empty();
        private Duration totalTimeout = Duration.ofMinutes(2);
        private Duration mergeDelay = Duration.ofMillis(500);
        private Duration firstBackoff = FIRST_BACKOFF;
        private Duration greatestBackoff = GREATEST_BACKOFF;
        private double jitter = 0.5;
        private int retries = 4;
        private boolean respectsRetryAfter = true;
        private Tls tls = Tls.JDK;
        private Optional<HttpClient> httpClient = Optional.empty();

        private Builder(URI uri) {
            this.uri = SettingRules.server(uri);
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
            authorization = Optional.of("Bearer " + SettingRules.printable("token", token));
            return this;
        }

        /** Longest time to connect, above 0; not used with a client of the host. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = SettingRules.positive("connectTimeout", timeout);
            return this;
        }

        /** Longest time for a whole request with its answer, above 0. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = SettingRules.positive("requestTimeout", timeout);
            return this;
        }

        /** Longest time for a request with all its retries, above 0; a single try may always take its own limit. */
        public Builder totalTimeout(Duration timeout) {
            totalTimeout = SettingRules.positive("totalTimeout", timeout);
            return this;
        }

        /** How long new events wait for company, above 0. */
        public Builder mergeDelay(Duration delay) {
            mergeDelay = SettingRules.positive("mergeDelay", delay);
            return this;
        }

        /** First and greatest pause before a server that failed is asked again, above 0. */
        public Builder backoff(Duration first, Duration greatest) {
            firstBackoff = SettingRules.positive("first", first);
            greatestBackoff = SettingRules.positive("greatest", greatest);
            return this;
        }

        /** Share of a pause that is random, in [0, 1]. */
        public Builder jitter(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("jitter must be in [0, 1], was " + share);
            }
            jitter = share;
            return this;
        }

        /** How often a request that failed for now is made again, at least 0. */
        public Builder retries(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("retries must be at least 0, was " + most);
            }
            retries = most;
            return this;
        }

        /** Whether to keep the pause that a server asks for with {@code Retry-After}. */
        public Builder respectRetryAfter(boolean respect) {
            respectsRetryAfter = respect;
            return this;
        }

        /** The workspace of the server, sent as {@code X-MLFLOW-WORKSPACE}. */
        public Builder workspace(String name) {
            workspace = Optional.of(SettingRules.printable("workspace", name));
            return this;
        }

        /** PEM file of the certificates to trust instead of those of the JDK; read when the settings are built. */
        public Builder serverCertificates(Path pem) {
            tls = tls.trusting(pem);
            return this;
        }

        /** PEM file with our PKCS#8 key and certificates; read when the settings are built. */
        public Builder clientCertificate(Path pem) {
            tls = tls.provenBy(pem);
            return this;
        }

        /** Trusts any certificate and host name: anybody between here and the server may read and change everything. */
        public Builder insecureTls() {
            tls = tls.trustingEverybody();
            return this;
        }

        /** The host's client, such as one with its own proxy; the settings of TLS are not used then. */
        public Builder httpClient(HttpClient client) {
            httpClient = Optional.of(client);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException when a file of certificates cannot be used
         */
        public MlflowSettings build() {
            return new MlflowSettings(this);
        }
    }
}
