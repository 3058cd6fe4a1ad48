package dev.melancia.provider.http;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import dev.melancia.provider.RetryAfter;
import dev.melancia.provider.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads address and key of one model from its settings and makes the HTTP client of its langchain4j model. For authors
 * of providers; not a general HTTP client. Immutable and thread-safe.
 *
 * <p>The client is the JDK's, whatever other client modules are on the class path. An answer in one piece is complete
 * within {@link ModelSettings#timeout()}; a stream begins within it and never pauses for longer. A connection is made
 * within {@link #LONGEST_CONNECT} or that time-out, whichever is shorter. Redirects are not followed, so that a key goes
 * to no other server. Where an error answer says when to come back, the {@code HttpException} that langchain4j's models keep
 * as the cause of theirs is a {@link RetryAfter}. An interrupt ends a blocking exchange at once. Its threads are daemons named {@code melancia-http-…} and end when idle for a minute.
 *
 * @since 0.1.0
 */
public final class ProviderHttp {

    /** 10 s: a server that does not take a connection by then is not there, and the next model should be asked. */
    public static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private static final char FIRST_VISIBLE = '!';
    private static final char LAST_VISIBLE = '~';
    private static final Pattern OPENAI_LAST = Pattern.compile("^\\s*\\[DONE]|\"finish_reason\"\\s*:\\s*\"");
    private static final int LAST_PORT = 65_535;

    private final ModelSettings settings;

    private ProviderHttp(ModelSettings settings) {
        this.settings = settings;
    }

    public static ProviderHttp of(ModelSettings settings) {
        return new ProviderHttp(requireNonNull(settings, "settings"));
    }

    /**
     * The key from the settings, else from an environment variable.
     *
     * @throws ProviderConfigurationException when neither has one, or when it cannot stand in an HTTP header; the message
     *     names the variable and never shows the value
     */
    public Secret key(String variable) {
        Secret key = settings.apiKey()
                .or(() -> settings.environment(variable).map(Secret::of))
                .orElseThrow(() -> new ProviderConfigurationException(
                        variable,
                        settings.model() + " needs a key: set the environment variable " + variable
                                + ", or give ModelSettings.apiKey"));
        return requireSendable(key, variable);
    }

    /**
     * The key as it can be sent: a line break inside it, as in a file with two keys, would fail in the HTTP client with
     * the key in its message.
     *
     * @throws ProviderConfigurationException when it cannot stand in an HTTP header
     */
    public Secret requireSendable(Secret key, String setting) {
        if (!key.reveal().chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE)) {
            throw new ProviderConfigurationException(
                    setting,
                    "the key of " + settings.model() + " must be visible ASCII characters without spaces or line"
                            + " breaks, and has others (value not shown); check " + setting);
        }
        return key;
    }

    /**
     * The server's address from the settings, else the usual one.
     *
     * @throws ProviderConfigurationException as {@link #requireAddress}
     */
    public URI address(URI usual) {
        return settings.baseUrl()
                .map(url -> requireAddress("baseUrl", url.toString()))
                .orElse(usual);
    }

    /**
     * The server's address from the settings, else from an environment variable, else the usual one.
     *
     * @throws ProviderConfigurationException as {@link #requireAddress}
     */
    public URI address(String variable, URI usual) {
        return settings.baseUrl().isPresent()
                ? address(usual)
                : settings.environment(variable)
                        .map(text -> requireAddress(variable, text))
                        .orElse(usual);
    }

    /**
     * Reads an address, without trailing slashes.
     *
     * @param setting what the address was given as, for the message
     * @throws ProviderConfigurationException when it is not {@code http(s)://host[:port][/path]}
     */
    public static URI requireAddress(String setting, String text) {
        try {
            URI uri = new URI(stripTrailingSlashes(text));
            if (isPlain(uri)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw malformed(setting, text);
        }
        throw malformed(setting, text);
    }

    /**
     * A client builder for one model. Its limits are those of the settings, whatever a model sets on it.
     *
     * @param lastEvent which event of a stream says that the answer is whole, or that it failed; a stream that closes
     *     without one is an error, and without this test a server that died would look like one that has finished
     * @param secrets blanked out of all that comes back
     */
    public HttpClientBuilder client(Predicate<String> lastEvent, Secret... secrets) {
        Duration timeout = settings.timeout();
        Duration connect = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
        Redaction redaction = Redaction.of(Arrays.asList(secrets));
        Reading reading = new Reading(redaction, requireNonNull(lastEvent, "lastEvent"), InstantSource.system());
        return new BoundedHttpClientBuilder(connect, timeout, reading);
    }

    /** True for the event that ends a stream of OpenAI's chat completions: a finish reason, or {@code [DONE]}. */
    public static boolean isLastOfOpenAi(String event) {
        return OPENAI_LAST.matcher(event).find();
    }

    private static boolean isPlain(URI uri) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= LAST_PORT);
        return http && port && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null;
    }

    private static ProviderConfigurationException malformed(String setting, String text) {
        boolean mayHoldPassword = text.indexOf('@') >= 0 || text.indexOf('?') >= 0;
        return new ProviderConfigurationException(
                setting,
                setting + " must be http(s)://host[:port][/path] without user, password or query, was "
                        + (mayHoldPassword ? "another (not shown)" : "\"" + text + "\""));
    }

    private static String stripTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
