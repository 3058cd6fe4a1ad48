package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelId;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

    static Stream<Arguments> langchain4jErrors() {
        return Stream.of(
                arguments(new AuthenticationException("x"), Outcome.UNAUTHORIZED),
                arguments(new ContentFilteredException("x"), Outcome.CONTENT_FILTERED),
                arguments(new InternalServerException("x"), Outcome.SERVER_ERROR),
                arguments(new InvalidRequestException("x"), Outcome.INVALID_REQUEST),
                arguments(new ModelNotFoundException("x"), Outcome.MODEL_NOT_FOUND),
                arguments(new RateLimitException("x"), Outcome.RATE_LIMITED),
                arguments(new TimeoutException("x"), Outcome.TIMEOUT),
                arguments(new UnresolvedModelServerException("x"), Outcome.UNREACHABLE),
                arguments(new LangChain4jException("x"), Outcome.FAILED),
                arguments(new RetriableException("x"), Outcome.FAILED),
                arguments(new NonRetriableException("x"), Outcome.FAILED),
                arguments(new ToolArgumentsException("x"), Outcome.FAILED),
                arguments(new ToolExecutionException("x"), Outcome.FAILED),
                arguments(new UnsupportedFeatureException("x"), Outcome.FAILED));
    }

    @ParameterizedTest
    @MethodSource("langchain4jErrors")
    void knowsEveryErrorOfLangchain4j(Throwable error, Outcome expected) {
        assertThat(FailureClassifier.classify(error)).isEqualTo(expected);
    }

    static Stream<Arguments> chains() throws Exception {
        return Stream.of(
                // connection refused, blocking and streaming
                arguments(
                        new RuntimeException(chain(new ConnectException(), new ClosedChannelException())),
                        Outcome.UNREACHABLE),
                arguments(new CompletionException(new ConnectException()), Outcome.UNREACHABLE),
                arguments(new UnresolvedModelServerException(new UnknownHostException("h")), Outcome.UNREACHABLE),
                arguments(new RuntimeException(new UnresolvedAddressException()), Outcome.UNREACHABLE),
                arguments(new RuntimeException(new NoRouteToHostException()), Outcome.UNREACHABLE),
                arguments(new RuntimeException(new HttpConnectTimeoutException("x")), Outcome.UNREACHABLE),
                // as the bounded client of our providers gives it
                arguments(
                        new TimeoutException(
                                "no connection to http://h in time",
                                chain(new HttpConnectTimeoutException("x"), new ConnectException("x"))),
                        Outcome.UNREACHABLE),
                arguments(new TimeoutException(new HttpTimeoutException("x")), Outcome.TIMEOUT),
                arguments(new RuntimeException(new SocketTimeoutException("x")), Outcome.TIMEOUT),
                arguments(new RuntimeException(new java.util.concurrent.TimeoutException()), Outcome.TIMEOUT),
                // a full queue and a crashed runner are one class, told apart by status
                arguments(new InternalServerException(new HttpException(503, "server busy")), Outcome.OVERLOADED),
                arguments(new InternalServerException(new HttpException(500, "runner")), Outcome.SERVER_ERROR),
                arguments(new ContentFilteredException(new HttpException(400, "filtered")), Outcome.CONTENT_FILTERED),
                // HTML for JSON
                arguments(new RuntimeException(new JsonParseException(null, "<")), Outcome.MALFORMED_RESPONSE),
                // the server was killed while it answered, blocking and streaming
                arguments(
                        new RuntimeException(
                                chain(new IOException("header parser received no bytes"), new EOFException())),
                        Outcome.BROKEN_OFF),
                arguments(
                        new LangChain4jException("closed", chain(new IOException("closed"), new EOFException())),
                        Outcome.BROKEN_OFF),
                arguments(new TruncatedAnswerException(ModelId.of("a/b")), Outcome.TRUNCATED),
                arguments(new RuntimeException(new CancellationException()), Outcome.CANCELLED),
                arguments(new RuntimeException(new InterruptedException()), Outcome.INTERRUPTED),
                arguments(new RuntimeException(new ClosedByInterruptException()), Outcome.INTERRUPTED),
                arguments(new IllegalStateException("x"), Outcome.FAILED),
                arguments(new StackOverflowError(), Outcome.FAILED));
    }

    private static <T extends Throwable> T chain(T outer, Throwable cause) {
        outer.initCause(cause);
        return outer;
    }

    @ParameterizedTest
    @MethodSource("chains")
    void walksTheCauseChain(Throwable error, Outcome expected) {
        assertThat(FailureClassifier.classify(error)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, UNAUTHORIZED",
        "402, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, MODEL_NOT_FOUND",
        "408, TIMEOUT",
        "410, MODEL_NOT_FOUND",
        "413, INVALID_REQUEST",
        "422, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "501, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
        "529, OVERLOADED",
        "302, MALFORMED_RESPONSE"
    })
    void readsTheStatus(int status, Outcome expected) {
        assertThat(FailureClassifier.classify(new RuntimeException(new HttpException(status, "{}"))))
                .isEqualTo(expected);
        assertThat(FailureClassifier.classify(new HttpException(status, null))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"the input length exceeds the context length\"}",
                "{\"error\":{\"code\":400,\"message\":\"request (6005 tokens) exceeds the available context size"
                        + " (2048 tokens), try increasing it\",\"type\":\"exceed_context_size_error\"}}",
                "{\"error\":{\"message\":\"This model's maximum context length is 2048 tokens. However, you requested"
                        + " 6005 tokens\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}",
                "THIS MODEL'S MAXIMUM CONTEXT LENGTH IS 2048 TOKENS"
            })
    void aPromptThatIsTooLongIsWorthAnotherModel(String body) {
        assertThat(FailureClassifier.classify(new InvalidRequestException(new HttpException(400, body))))
                .isEqualTo(Outcome.CONTEXT_TOO_LONG);
        assertThat(FailureClassifier.classify(new InvalidRequestException(body)))
                .isEqualTo(Outcome.CONTEXT_TOO_LONG);
    }

    @Test
    void aChainThatBitesItsTailEnds() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(FailureClassifier.classify(first)).isEqualTo(Outcome.FAILED);
    }
}
