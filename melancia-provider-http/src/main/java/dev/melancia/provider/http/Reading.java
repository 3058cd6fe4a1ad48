package dev.melancia.provider.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * How one model's answers are read. Immutable.
 *
 * @param redaction takes the keys out
 * @param lastEvent knows the last event of a stream
 * @param clock tells when an answer arrived, for a {@code Retry-After} that is a date
 */
record Reading(Redaction redaction, Predicate<String> lastEvent, InstantSource clock) {

    SuccessfulHttpResponse.Builder success(HttpResponse<?> response) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(redaction.headers(response.headers().map()));
    }

    /** The error that an answer without success is. */
    HttpException failure(HttpResponse<?> response, byte[] body) {
        String message = redaction.error(new String(body, StandardCharsets.UTF_8));
        int status = response.statusCode();
        return RetryAfterHeader.read(response.headers(), clock.instant())
                .<HttpException>map(wait -> new RetryLaterException(status, message, wait))
                .orElseGet(() -> new HttpException(status, message));
    }

    static boolean isSuccess(HttpResponse<?> response) {
        return response.statusCode() / 100 == 2;
    }
}
