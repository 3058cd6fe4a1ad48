package dev.melancia.examples.benchmark;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.testkit.RealServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Ollama of one test that keeps a single model in memory: whoever alternates between two makes it swap. */
final class NarrowOllama implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("url=(\\S+) pid=(\\d+)");
    private static final int LONGEST_BUILD_MINUTES = 20;

    private final URI address;
    private final ProcessHandle server;

    private NarrowOllama(URI address, ProcessHandle server) {
        this.address = address;
        this.server = server;
    }

    /** With the models {@code tiny}, {@code other} and {@code slow}, none of them loaded. */
    static NarrowOllama start(Path logs) throws IOException, InterruptedException {
        Path said = logs.resolve("script.out");
        ProcessBuilder script = new ProcessBuilder(
                        scripts().resolve("start-ollama.sh").toString(), freePort())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        script.environment().put("LOGS", logs.toString());
        script.environment().put("OLLAMA_MAX_LOADED_MODELS", "1");
        if (!script.start().waitFor(LONGEST_BUILD_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Ollama was not there within " + LONGEST_BUILD_MINUTES + " minutes");
        }
        Matcher started = STARTED.matcher(Files.readString(said));
        if (!started.find()) {
            throw new IllegalStateException("Ollama did not start: " + Files.readString(said));
        }
        return new NarrowOllama(
                URI.create(started.group(1)),
                ProcessHandle.of(Long.parseLong(started.group(2))).orElseThrow());
    }

    URI address() {
        return address;
    }

    /** Names of the models in memory, without their tags. */
    List<String> loaded() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/ps")).build();
        String body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        List<String> names = new ArrayList<>();
        new ObjectMapper()
                .readTree(body)
                .path("models")
                .forEach(model -> names.add(model.path("name").asText().replaceFirst(":.*", "")));
        return names;
    }

    @Override
    public void close() {
        List<ProcessHandle> runners = server.descendants().toList();
        server.destroy();
        try {
            server.onExit().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            server.destroyForcibly();
        }
        runners.forEach(ProcessHandle::destroyForcibly);
    }

    private static Path scripts() {
        String folder = System.getenv(RealServers.SCRIPTS);
        if (folder == null || folder.isBlank()) {
            String message = RealServers.SCRIPTS + " is not set: set it to the absolute path of dev/servers";
            return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
        }
        return Path.of(folder.strip());
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
