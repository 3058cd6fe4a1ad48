package dev.melancia.testkit;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.RetryAfter;
import dev.melancia.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A provider and a scripted server, for the contracts of what goes well and what does not. */
abstract class HttpFixture extends ChatModelProviderContract {

    /** Long and unlike any word, so that finding it anywhere is finding a leak. */
    static final String KEY = "sk-canary-5f0c1e7a94d24b6c8e13";

    static final TokenUsage USAGE = new TokenUsage(7, 3);

    private LoopbackServer answering = LoopbackServer.replying(Reply.silence());

    /** The provider's wire format. */
    protected abstract WireFormat wireFormat();

    /** The environment variable with the key; empty when the provider needs none. */
    protected abstract Optional<String> keyVariable();

    @BeforeEach
    final void startAnsweringServer() {
        answering.close();
        answering = LoopbackServer.replying(request -> request.asksForStream()
                ? wireFormat().stream(USAGE, "I am ", "a ", "script.")
                : wireFormat().answer("I am a script.", USAGE));
    }

    @AfterEach
    final void stopAnsweringServer() {
        answering.close();
    }

    @Override
    protected final ModelSettings.Builder answeringModel() {
        return model(answering);
    }

    final ModelSettings.Builder model(LoopbackServer server) {
        return model(server.address());
    }

    /** Settings with the key in the environment, as in production, and no other environment. */
    final ModelSettings.Builder model(URI server) {
        Map<String, String> environment =
                keyVariable().map(variable -> Map.of(variable, KEY)).orElse(Map.of());
        ModelSettings.Builder builder = ModelSettings.builder(modelId())
                .baseUrl(URI.create(server + wireFormat().basePath()))
                .timeout(SOON)
                .environment(environment::get);
        return keyVariable().isPresent() ? builder : builder.apiKey(Secret.of(KEY));
    }

    final ModelId modelId() {
        return new ModelId(expectedId(), "scripted");
    }

    static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
    }

    static Optional<Integer> statusOf(Throwable error) {
        return causes(error)
                .filter(HttpException.class::isInstance)
                .map(cause -> ((HttpException) cause).statusCode())
                .findFirst();
    }

    static Optional<Duration> retryAfterOf(Throwable error) {
        return causes(error)
                .filter(RetryAfter.class::isInstance)
                .map(cause -> ((RetryAfter) cause).retryAfter())
                .findFirst();
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
