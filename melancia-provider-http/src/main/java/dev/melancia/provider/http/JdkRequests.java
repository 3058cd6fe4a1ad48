package dev.melancia.provider.http;

import dev.langchain4j.http.client.HttpRequest;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** Turns langchain4j's request into the JDK's. */
final class JdkRequests {

    private JdkRequests() {}

    static java.net.http.HttpRequest of(HttpRequest request, Duration limit) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            throw new UnsupportedOperationException("multipart requests are not chat requests: " + request.method());
        }
        URI uri = URI.create(request.url());
        BodyPublisher body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        var builder = java.net.http.HttpRequest.newBuilder(uri)
                .version(version(uri))
                .timeout(limit)
                .method(request.method().name(), body);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    // Over plain HTTP the JDK would add "Upgrade: h2c" to each request, which several model servers answer with an
    // error.
    private static Version version(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1;
    }
}
