package dev.melancia.mlflow.rest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** What settings may be; every method throws IllegalArgumentException, without the value where it may be a secret. */
final class SettingRules {

    /** Far from where nanoseconds do not fit into 64 bits. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private SettingRules() {}

    /** The URI of a server, without a slash at its end. */
    static URI server(URI uri) {
        String scheme = String.valueOf(requireNonNull(uri, "uri").getScheme()).toLowerCase(Locale.ROOT);
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
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "MLflow's tracking URI must end with its path, without \"?\" or \"#\", as"
                            + " the paths of requests are put behind it; give it as the server's start page without them");
        }
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    /** A text as it fits into a header, without white space around it. */
    static String printable(String name, String text) {
        String inner = requireNonNull(text, name).strip();
        if (!inner.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "MLflow's " + name + " must hold printable ASCII characters only, as a header"
                            + " takes no others; check it for a line break in the middle");
        }
        return inner;
    }

    static Duration positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be above 0, was " + duration);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be at most 365 days, was " + duration);
        }
        return duration;
    }
}
