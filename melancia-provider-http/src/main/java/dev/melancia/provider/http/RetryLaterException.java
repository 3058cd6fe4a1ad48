package dev.melancia.provider.http;

import dev.langchain4j.exception.HttpException;
import dev.melancia.provider.RetryAfter;
import java.time.Duration;

/** An error answer whose server said when to come back. langchain4j's models keep it as the cause of what they throw. */
final class RetryLaterException extends HttpException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RetryLaterException(int statusCode, String message, Duration retryAfter) {
        super(statusCode, message);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
