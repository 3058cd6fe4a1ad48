package dev.melancia.router;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.melancia.call.Outcome;
import dev.melancia.provider.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of a model means. An HTTP status anywhere in the cause chain is the best witness, since langchain4j keeps
 * one class for 500 and 503, and plain runtime exceptions for a refused connection; next best is a connection that was not
 * made in time; else the first class that says something. Messages are read for one thing only, a prompt that is too long, and shown to nobody. Stateless.
 */
final class FailureClassifier {

    private static final int MAX_DEPTH = 16;

    /** Order matters: an error type stands before those it extends. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(TimeoutException.class, Outcome.TIMEOUT),
            new Meaning(HttpTimeoutException.class, Outcome.TIMEOUT),
            new Meaning(SocketTimeoutException.class, Outcome.TIMEOUT),
            new Meaning(java.util.concurrent.TimeoutException.class, Outcome.TIMEOUT),
            new Meaning(RateLimitException.class, Outcome.RATE_LIMITED),
            new Meaning(AuthenticationException.class, Outcome.UNAUTHORIZED),
            new Meaning(UnresolvedModelServerException.class, Outcome.UNREACHABLE),
            new Meaning(ModelNotFoundException.class, Outcome.MODEL_NOT_FOUND),
            new Meaning(ContentFilteredException.class, Outcome.CONTENT_FILTERED),
            new Meaning(InvalidRequestException.class, Outcome.INVALID_REQUEST),
            new Meaning(InternalServerException.class, Outcome.SERVER_ERROR),
            new Meaning(ModelBusyException.class, Outcome.NO_PERMIT),
            new Meaning(BudgetSpentException.class, Outcome.BUDGET_SPENT),
            new Meaning(TruncatedAnswerException.class, Outcome.TRUNCATED),
            new Meaning(ConnectException.class, Outcome.UNREACHABLE),
            new Meaning(UnknownHostException.class, Outcome.UNREACHABLE),
            new Meaning(NoRouteToHostException.class, Outcome.UNREACHABLE),
            new Meaning(UnresolvedAddressException.class, Outcome.UNREACHABLE),
            new Meaning(JacksonException.class, Outcome.MALFORMED_RESPONSE),
            new Meaning(InterruptedException.class, Outcome.INTERRUPTED),
            new Meaning(ClosedByInterruptException.class, Outcome.INTERRUPTED),
            new Meaning(IOException.class, Outcome.BROKEN_OFF),
            new Meaning(CancellationException.class, Outcome.CANCELLED));

    /** What each class of errors means, found once: a failing model fails often. */
    private static final ClassValue<Outcome> BY_CLASS = new ClassValue<>() {
        @Override
        protected Outcome computeValue(Class<?> error) {
            return MEANINGS.stream()
                    .filter(meaning -> meaning.of.isAssignableFrom(error))
                    .map(Meaning::outcome)
                    .findFirst()
                    .orElse(Outcome.FAILED);
        }
    };

    private FailureClassifier() {}

    static Outcome classify(Throwable error) {
        try {
            return outcome(error);
        } catch (RuntimeException broken) { // an error of the host's own kind, whose message or cause cannot be read
            return Outcome.FAILED;
        }
    }

    private static Outcome outcome(Throwable error) {
        Outcome byClass = Outcome.FAILED;
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            if (cause instanceof HttpException http && byClass != Outcome.CONTENT_FILTERED) {
                return byStatus(http);
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return Outcome.UNREACHABLE; // stands below langchain4j's TimeoutException, which does not tell it apart
            }
            if (byClass == Outcome.FAILED) {
                byClass = meaning(cause);
            }
        }
        return byClass;
    }

    /** How long the server said to wait, anywhere in the cause chain; 0 when it did not say, or nobody can read it. */
    static long retryAfterNanos(Throwable error) {
        try {
            return asked(error);
        } catch (RuntimeException broken) { // null, or an error of the host's own kind that throws
            return 0;
        }
    }

    private static long asked(Throwable error) {
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            if (cause instanceof RetryAfter asked) {
                return Math.max(0, CallLimits.nanos(asked.retryAfter()));
            }
        }
        return 0;
    }

    private static Outcome meaning(Throwable error) {
        Outcome byClass = BY_CLASS.get(error.getClass());
        return byClass == Outcome.INVALID_REQUEST && saysTooLong(error.getMessage())
                ? Outcome.CONTEXT_TOO_LONG
                : byClass;
    }

    private static Outcome byStatus(HttpException http) {
        int status = http.statusCode();
        return switch (status) {
            case 401, 402, 403 -> Outcome.UNAUTHORIZED;
            case 404, 410 -> Outcome.MODEL_NOT_FOUND;
            case 408, 504 -> Outcome.TIMEOUT;
            case 429 -> Outcome.RATE_LIMITED;
            case 503, 529 -> Outcome.OVERLOADED;
            case 400, 413, 422 -> saysTooLong(http.getMessage()) ? Outcome.CONTEXT_TOO_LONG : Outcome.INVALID_REQUEST;
            default -> other(status);
        };
    }

    private static Outcome other(int status) {
        if (status >= 500) {
            return Outcome.SERVER_ERROR;
        }
        return status >= 400 ? Outcome.INVALID_REQUEST : Outcome.MALFORMED_RESPONSE;
    }

    /** The words of OpenAI, llama-server and Ollama for it. */
    private static boolean saysTooLong(@Nullable String message) {
        if (message == null) {
            return false;
        }
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("context_length_exceeded")
                || text.contains("exceed_context_size")
                || text.contains("maximum context length")
                || text.contains("exceeds the context length");
    }

    private record Meaning(Class<? extends Throwable> of, Outcome outcome) {}
}
