package dev.melancia.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium. Confined to one thread. */
final class Chromium implements AutoCloseable {

    private static final String LISTENING = "DevTools listening on ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private Chromium(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** The one that MELANCIA_TEST_CHROMIUM names. */
    static Optional<Path> find() {
        String named = System.getenv().getOrDefault("MELANCIA_TEST_CHROMIUM", "");
        return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    }

    static Chromium start(Path binary, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--no-sandbox");
        }
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        String line = errors.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = errors.readLine();
        }
        if (line == null) {
            throw new IOException(binary + " ended before it listened");
        }
        Thread drain = new Thread(() -> drain(errors), "chromium-errors");
        drain.setDaemon(true);
        drain.start();
        return new Chromium(
                process, URI.create(line.substring(LISTENING.length())).getAuthority());
    }

    /** Until the browser ends. */
    private static void drain(BufferedReader errors) {
        try (errors) {
            errors.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tab tab() throws IOException, InterruptedException {
        HttpRequest open = HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode target = new JsonMapper()
                .readTree(http.send(open, HttpResponse.BodyHandlers.ofString()).body());
        return new Tab(new DevTools(
                http, URI.create(target.path("webSocketDebuggerUrl").asText())));
    }

    /** Returns when the browser and what it started have ended, so that its profile can be deleted. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        all.forEach(one -> one.onExit().join());
    }
}
