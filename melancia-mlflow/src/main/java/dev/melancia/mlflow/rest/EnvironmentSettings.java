package dev.melancia.mlflow.rest;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads settings from MLflow's own variables. Errors name the variable; those that hold secrets are not repeated. */
final class EnvironmentSettings {

    private static final long GREATEST_FACTOR_SECONDS = 120;

    private final Map<String, String> environment;
    private final Map<String, String> credentials;

    EnvironmentSettings(Map<String, String> environment, Map<String, String> credentials) {
        this.environment = environment;
        this.credentials = credentials;
    }

    Optional<MlflowSettings> settings() {
        Optional<String> uri = value("MLFLOW_TRACKING_URI");
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        MlflowSettings.Builder builder = MlflowSettings.builder(uri(uri.get()));
        signIn(builder);
        limits(builder);
        tls(builder);
        value("MLFLOW_WORKSPACE").ifPresent(builder::workspace);
        return Optional.of(builder.build());
    }

    private void signIn(MlflowSettings.Builder builder) {
        String user = secret("MLFLOW_TRACKING_USERNAME");
        String password = secret("MLFLOW_TRACKING_PASSWORD");
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (!user.isEmpty() && !password.isEmpty()) {
            builder.basic(user, password);
        } else if (!token.isEmpty()) {
            builder.bearer(token);
        }
    }

    private String secret(String name) {
        String given = environment.getOrDefault(name, "");
        return given.isEmpty() ? credentials.getOrDefault(name.toLowerCase(Locale.ROOT), "") : given;
    }

    private void limits(MlflowSettings.Builder builder) {
        seconds("MLFLOW_HTTP_REQUEST_TIMEOUT", builder::requestTimeout);
        number("MLFLOW_HTTP_REQUEST_MAX_RETRIES")
                .ifPresent(most -> builder.retries(Math.toIntExact(Math.min(most, 100))));
        Optional<Long> factor = number("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR");
        Duration first = factor.filter(seconds -> seconds > 0)
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, GREATEST_FACTOR_SECONDS)))
                .orElse(MlflowSettings.FIRST_BACKOFF);
        Duration greatest = MlflowSettings.GREATEST_BACKOFF;
        builder.backoff(first, first.compareTo(greatest) > 0 ? first : greatest);
        value("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER")
                .ifPresent(text -> builder.jitter(Math.min(1, jitter(text) * 1e9 / first.toNanos())));
        flag("MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER").ifPresent(builder::respectRetryAfter);
    }

    private void tls(MlflowSettings.Builder builder) {
        path("MLFLOW_TRACKING_SERVER_CERT_PATH").ifPresent(builder::serverCertificates);
        path("MLFLOW_TRACKING_CLIENT_CERT_PATH").ifPresent(builder::clientCertificate);
        if (flag("MLFLOW_TRACKING_INSECURE_TLS").orElse(false)) {
            builder.insecureTls();
        }
    }

    private Optional<String> value(String name) {
        return Optional.of(environment.getOrDefault(name, "").strip()).filter(text -> !text.isEmpty());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUri) {
            // Without the cause: its message repeats the text, which may hold a password.
            throw new IllegalArgumentException("MLFLOW_TRACKING_URI must be a URI such as http://127.0.0.1:5000");
        }
    }

    private Optional<Path> path(String name) {
        try {
            return value(name).map(Path::of);
        } catch (InvalidPathException notAPath) {
            throw new IllegalArgumentException(name + " must be the path of a PEM file", notAPath);
        }
    }

    private void seconds(String name, Consumer<Duration> setting) {
        number(name).ifPresent(seconds -> setting.accept(Duration.ofSeconds(seconds)));
    }

    private Optional<Long> number(String name) {
        return value(name).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException notANumber) {
                String unit = name.endsWith("RETRIES") ? "a whole number" : "whole seconds";
                throw new IllegalArgumentException(name + " must be " + unit + ", was \"" + text + '"', notANumber);
            }
        });
    }

    private static double jitter(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER must be seconds, at least 0, was \"" + text + '"');
    }

    private Optional<Boolean> flag(String name) {
        return value(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false, was \"" + text + '"');
        });
    }
}
