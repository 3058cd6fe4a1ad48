package dev.melancia.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page of a headless browser. Confined to one thread. */
final class Tab implements AutoCloseable {

    private static final Map<String, Integer> KEYS =
            Map.of("Enter", 13, "ArrowRight", 39, "ArrowLeft", 37, "Escape", 27);

    private final DevTools page;

    Tab(DevTools page) {
        this.page = page;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            page.send(domain + ".enable", Map.of());
        }
    }

    /** Opens a report, with a fragment or an empty text, and waits until its questions are there. */
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
        int code = KEYS.getOrDefault(key, 0);
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

    /**
     * What the page takes its surroundings for.
     *
     * @param medium {@code screen} or {@code print}
     * @param scheme {@code light} or {@code dark}
     */
    void media(String medium, String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        page.send("Emulation.setEmulatedMedia", Map.of("media", medium, "features", List.of(feature)));
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
    public void close() {
        page.send("Page.close", Map.of());
        page.close();
    }
}
