package dev.melancia.mlflow.upload;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real MLflow server of a test's own, which may be killed and started again on its port and data. */
final class OwnServer implements AutoCloseable {

    private final Path scripts;
    private final Path data;
    private final Map<String, String> environment;
    private final int port;

    private OwnServer(Path scripts, Path data, Map<String, String> environment) throws IOException {
        this.scripts = scripts;
        this.data = data;
        this.environment = environment;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    /** Starts one; without the scripts the test is skipped, or fails where CI is true. */
    static OwnServer start(Path data, Map<String, String> environment) throws IOException, InterruptedException {
        String scripts = System.getenv().getOrDefault("MELANCIA_TEST_SERVERS", "");
        if (scripts.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_SERVERS must name the folder dev/servers where CI is true");
        } else if (scripts.isEmpty()) {
            abort("MELANCIA_TEST_SERVERS is not set: no MLflow server can be started");
        }
        OwnServer server = new OwnServer(Path.of(scripts), data, environment);
        server.start();
        return server;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void start() throws IOException, InterruptedException {
        run("bash", scripts.resolve("start-mlflow.sh").toString(), String.valueOf(port), data.toString());
    }

    /** kill -9 of all its processes at once. */
    void kill() throws IOException, InterruptedException {
        signal("-KILL");
    }

    /** Sends a signal to all its processes. */
    void signal(String name) throws IOException, InterruptedException {
        String pid = Files.readString(data.resolve("mlflow.pid"), StandardCharsets.US_ASCII)
                .strip();
        run("kill", name, "--", "-" + Long.parseLong(pid));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("server", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    @Override
    public void close() throws IOException {
        try {
            run("bash", scripts.resolve("stop-mlflow.sh").toString(), data.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
