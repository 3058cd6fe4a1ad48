package dev.melancia.mlflow.rest;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/** The HTTP client that settings ask for. */
final class Connections {

    private Connections() {}

    static HttpClient client(MlflowSettings settings, Executor executor) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(executor)
                .build();
    }
}
