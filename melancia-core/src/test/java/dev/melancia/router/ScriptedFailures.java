package dev.melancia.router;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.melancia.provider.RetryAfter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** What models of a simulation throw: an error of every class there is. */
final class ScriptedFailures {

    /** Those after which a last candidate is tried again. */
    private static final List<Function<Chance, RuntimeException>> REFUSALS = List.of(
            chance -> new RateLimitException("scripted", new Asked(chance)),
            chance -> new RateLimitException("scripted"),
            chance -> new HttpException(429, "scripted"),
            chance -> new HttpException(503, "scripted"),
            chance -> new RuntimeException(new Asked(chance).initCause(new HttpException(529, "scripted"))),
            chance -> new UnresolvedModelServerException("scripted"),
            chance -> new RuntimeException(new ConnectException("scripted")));

    private static final List<Function<Chance, RuntimeException>> OTHERS = List.of(
            chance -> new HttpException(500, "scripted"),
            chance -> new InternalServerException("scripted"),
            chance -> new TimeoutException("scripted"),
            chance -> new AuthenticationException("scripted"),
            chance -> new ModelNotFoundException("scripted"),
            chance -> new ContentFilteredException("scripted"),
            chance -> new InvalidRequestException("scripted"),
            chance -> new InvalidRequestException("context_length_exceeded, scripted"),
            chance -> new HttpException(400, "maximum context length, scripted"),
            chance -> new UncheckedIOException(new IOException("scripted")),
            chance -> new CancellationException("scripted"),
            chance -> new IllegalStateException("scripted"));

    private ScriptedFailures() {}

    static Throwable any(Chance chance) {
        if (chance.of(.02)) {
            return new AssertionError("scripted");
        }
        return chance.oneOf(chance.of(.6) ? REFUSALS : OTHERS).apply(chance);
    }

    /** Whether a model, a host or an executor of the simulation made this error. */
    static boolean isScripted(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains("scripted")) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
        throw (E) error;
    }

    /** A server that said how long to wait. */
    private static final class Asked extends RuntimeException implements RetryAfter {

        private static final long serialVersionUID = 1L;
        private final Duration wait;

        Asked(Chance chance) {
            super("scripted");
            this.wait = Duration.ofMillis(chance.oneOf(0, 1, 100, 400, 1_500, 40_000));
        }

        @Override
        public Duration retryAfter() {
            return wait;
        }
    }
}
