package dev.melancia.mlflow.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the server, read defensively: errors of MLflow are JSON, those of what it is built from and of proxies are
 * HTML or plain text.
 *
 * @param what the request, as the end of its path
 */
record MlflowAnswer(String what, int status, JsonNode json, String text, Optional<Duration> retryAfter) {

    private static final int SHOWN = 500;

    static MlflowAnswer of(String what, HttpResponse<byte[]> response, ObjectMapper mapper) {
        byte[] body = response.body();
        String text = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8);
        return new MlflowAnswer(
                what, response.statusCode(), parse(body, mapper), text, RetryAfter.of(response.headers()));
    }

    private static JsonNode parse(byte[] body, ObjectMapper mapper) {
        try {
            JsonNode json = mapper.readTree(body);
            return json != null && json.isObject() ? json : MissingNode.getInstance();
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    String errorCode() {
        return json.path("error_code").asText("");
    }

    String message() {
        return json.path("message").asText(text);
    }
}
