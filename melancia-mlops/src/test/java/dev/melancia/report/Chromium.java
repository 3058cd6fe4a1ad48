package dev.melancia.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium with one page. Confined to one thread. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final DevTools page;

    private Chromium(Process process, DevTools page) {
        this.process = process;
        this.page = page;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            page.send(domain + ".enable", Map.of());
        }
    }

    /** The one that MELANCIA_TEST_CHROMIUM names, or the first on the path. */
    static Optional<Path> find() {
        String named = System.getenv().getOrDefault("MELANCIA_TEST_CHROMIUM", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path binary, Path profile) throws IOException, InterruptedException {
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
        URI browser = URI.create(line.substring(LISTENING.length()));
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest open = HttpRequest.newBuilder(
                        URI.create("http://" + browser.getAuthority() + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode target = new JsonMapper()
                .readTree(http.send(open, HttpResponse.BodyHandlers.ofString()).body());
        return new Chromium(
                process,
                new DevTools(
                        http, URI.create(target.path("webSocketDebuggerUrl").asText())));
    }

    private static void drain(BufferedReader errors) {
        try (errors) {
            while (errors.readLine() != null) {
                continue;
            }
        } catch (IOException ended) {
            return; // the browser was closed
        }
    }

    /** Opens a file, with a fragment or an empty text, and waits until its questions are there. */
    void open(Path file, String fragment) {
        page.send("Page.navigate", Map.of("url", "about:blank"));
        page.send("Page.navigate", Map.of("url", file.toUri() + fragment));
        evaluate("new Promise(done => { const look = () => document.getElementById('explorer') && "
                + "!document.getElementById('explorer').hidden ? done(1) : setTimeout(look, 5); look(); })");
    }

    /** The value of an expression; a promise is waited for. */
    JsonNode evaluate(String expression) {
        JsonNode result = page.send(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    void press(String key) {
        Map<String, Integer> codes = Map.of("Enter", 13, "ArrowRight", 39, "ArrowLeft", 37, "Escape", 27);
        int code = codes.getOrDefault(key, 0);
        String text = key.equals("Enter") ? "\r" : "";
        page.send(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        page.send(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    void size(int width, int height, boolean phone) {
        page.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    /** Such as {@code prefers-color-scheme}, {@code dark}; the medium is {@code screen} or {@code print}. */
    void media(String medium, String feature, String value) {
        page.send(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", feature, "value", value))));
    }

    byte[] screenshot(boolean whole) {
        JsonNode shot = page.send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        return Base64.getDecoder().decode(shot.path("data").asText());
    }

    byte[] pdf() {
        JsonNode pdf = page.send("Page.printToPDF", Map.of("printBackground", true));
        return Base64.getDecoder().decode(pdf.path("data").asText());
    }

    /** Errors, warnings and dialogs since the start: of scripts, of the console, of the security policy. */
    List<String> complaints() {
        return Stream.of(
                        "Log.entryAdded",
                        "Runtime.exceptionThrown",
                        "Runtime.consoleAPICalled",
                        "Page.javascriptDialogOpening")
                .flatMap(event -> page.events(event).stream())
                .map(JsonNode::toString)
                .toList();
    }

    /** Addresses that were asked for. */
    List<String> requests() {
        return page.events("Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url").asText())
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        page.close();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        process.waitFor();
    }
}
