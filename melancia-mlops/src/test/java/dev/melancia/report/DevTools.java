package dev.melancia.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection that speaks the DevTools protocol with one page of a browser. Thread-safe. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SECONDS = 60;

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    DevTools(HttpClient http, URI page) {
        socket = http.newWebSocketBuilder().buildAsync(page, this).join();
    }

    /** Sends a command and waits for its result. */
    JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(command.toString(), true).join();
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** What the page told of itself since the connection was made, by the event's name. */
    List<JsonNode> events(String method) {
        return events.stream()
                .filter(event -> event.path("method").asText().equals(method))
                .map(event -> event.path("params"))
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            String message = part.toString();
            part.setLength(0);
            receive(message);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void receive(String message) {
        try {
            JsonNode json = JSON.readTree(message);
            CompletableFuture<JsonNode> answer = waiting.remove(json.path("id").asInt());
            if (answer == null) {
                events.add(json);
            } else if (json.has("error")) {
                answer.completeExceptionally(
                        new IllegalStateException(json.path("error").toString()));
            } else {
                answer.complete(json.path("result"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DevTools sent no JSON", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
