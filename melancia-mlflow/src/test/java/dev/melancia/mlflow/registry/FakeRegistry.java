package dev.melancia.mlflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Creates, finds and deletes versions of one model as MLflow does, and fails a creation the way a test asks for. */
final class FakeRegistry implements AutoCloseable {

    /** What becomes of a creation. */
    enum Fate {
        DONE,
        DONE_BUT_ANSWER_LOST,
        NOT_DONE,
        DONE_LATE,
        REFUSED
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    final Deque<Fate> fates = new ArrayDeque<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<Integer, ObjectNode> versions = new LinkedHashMap<>();
    /** Those of every version. */
    final List<String> aliases = new ArrayList<>();

    private final List<JsonNode> late = new ArrayList<>();
    private final HttpServer server;
    private int pageSize = 1000;
    private boolean moving;
    private int last;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    MlflowApi connect() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return MlflowApi.connect(MlflowSettings.builder(uri)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(2))
                .build());
    }

    /** From now on each page begins with the last of the page before, as when somebody creates versions meanwhile. */
    void moveBetweenPages() {
        moving = true;
    }

    void pagesOf(int size) {
        pageSize = size;
    }

    long count(String end) {
        return requests.stream().filter(request -> request.endsWith(end)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
        requests.add(exchange.getRequestMethod() + " " + path);
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        switch (path) {
            case "model-versions/create" -> create(exchange, body);
            case "model-versions/search" -> search(exchange);
            case "model-versions/get" -> get(exchange);
            case "model-versions/delete" -> {
                versions.remove(body.path("version").asInt());
                answer(exchange, 200, JSON.createObjectNode());
            }
            case "registered-models/alias" -> error(exchange, 400, "INVALID_PARAMETER_VALUE");
            default -> error(exchange, 404, "RESOURCE_DOES_NOT_EXIST");
        }
    }

    private void create(HttpExchange exchange, JsonNode body) throws IOException {
        late.forEach(this::add);
        late.clear();
        Fate fate = fates.isEmpty() ? Fate.DONE : fates.remove();
        switch (fate) {
            case DONE -> answer(exchange, 200, JSON.createObjectNode().set("model_version", add(body)));
            case DONE_BUT_ANSWER_LOST -> {
                add(body);
                exchange.close();
            }
            case DONE_LATE -> {
                late.add(body);
                exchange.close();
            }
            case NOT_DONE -> error(exchange, 503, "");
            default -> error(exchange, 400, "INVALID_PARAMETER_VALUE");
        }
    }

    private ObjectNode add(JsonNode body) {
        ObjectNode version = body.deepCopy();
        version.put("version", String.valueOf(++last)).put("current_stage", "None");
        versions.put(last, version);
        return version;
    }

    private void get(HttpExchange exchange) throws IOException {
        ObjectNode version = versions.get(Integer.parseInt(query(exchange).get("version")));
        if (version == null) {
            error(exchange, 404, "RESOURCE_DOES_NOT_EXIST");
            return;
        }
        ObjectNode answer = version.deepCopy();
        aliases.forEach(answer.withArray("aliases")::add);
        answer(exchange, 200, JSON.createObjectNode().set("model_version", answer));
    }

    private void search(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        List<ObjectNode> found = versions.values().stream()
                .filter(version -> matches(version, query.get("filter")))
                .toList();
        int from = Integer.parseInt(query.getOrDefault("page_token", "0"));
        int size = Math.min(pageSize, Integer.parseInt(query.get("max_results")));
        if (from > 0 && moving) {
            from--;
        }
        int to = Math.min(found.size(), from + size);
        ObjectNode page = JSON.createObjectNode();
        found.subList(from, to).forEach(page.withArray("model_versions")::add);
        if (to < found.size()) {
            page.put("next_page_token", String.valueOf(to));
        }
        answer(exchange, 200, page);
    }

    private static boolean matches(ObjectNode version, String filter) {
        if (!filter.contains(RegisteredModels.KEY_TAG)) {
            return true;
        }
        for (JsonNode tag : version.path("tags")) {
            if (tag.path("key").asText().equals(RegisteredModels.KEY_TAG)) {
                return filter.contains("'" + tag.path("value").asText() + "'");
            }
        }
        return false;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, JSON.createObjectNode().put("error_code", code).put("message", "no"));
    }

    private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(json);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
