package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * The part of an MLflow server that an upload meets, with the real one's way to tell points apart and its limits. A fault
 * may answer in its place. Everything is guarded by this object's monitor.
 */
final class FakeMlflow implements AutoCloseable {

    static final Reply DROP_AFTER = new Reply(-1, "", Map.of());

    /** What a fault answers. */
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply json(int status, String code, String message) {
            return new Reply(status, "{\"error_code\":\"" + code + "\",\"message\":\"" + message + "\"}", Map.of());
        }

        static Reply text(int status, String body) {
            return new Reply(status, body, Map.of());
        }
    }

    /** Decides whether a request is answered with a fault; null when it is not. */
    interface Fault {
        @org.jspecify.annotations.Nullable
        Reply answer(String path, String body);
    }

    /** A run on the server. */
    static final class ServerRun {
        final String id;
        final Map<String, String> params = new TreeMap<>();
        final Map<String, String> tags = new TreeMap<>();
        final Set<String> points = new TreeSet<>();
        final Set<String> inputs = new TreeSet<>();
        final Map<String, byte[]> artifacts = new TreeMap<>();
        String status = "RUNNING";
        boolean deleted;

        ServerRun(String id) {
            this.id = id;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, String> experiments = new LinkedHashMap<>();
    final Set<String> deletedExperiments = new TreeSet<>();
    final Map<String, ServerRun> runs = new LinkedHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Set<String> authorizations = Collections.synchronizedSet(new TreeSet<>());
    final FakeTraces traces = new FakeTraces();
    volatile Fault fault = (path, body) -> null;
    volatile String artifactRoot = "mlflow-artifacts:/";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FakeMlflow() throws IOException {
        this(0);
    }

    FakeMlflow(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    ServerRun onlyRun() {
        if (runs.size() != 1) {
            throw new AssertionError("one run expected, were " + runs.size());
        }
        return runs.values().iterator().next();
    }

    /** Carries out a creation late, as a server does that hung when it was asked. */
    synchronized void createLate(String runId) {
        ObjectNode body = JSON.createObjectNode().put("experiment_id", "1").put("run_name", "late");
        body.withArray("tags").addObject().put("key", "melancia.run_id").put("value", runId);
        create(body);
    }

    long count(String path) {
        return requests.stream().filter(path::equals).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/2.0/mlflow/", "");
        requests.add(path);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply = fault.answer(path, new String(body, StandardCharsets.UTF_8));
        if (reply == null || reply.equals(DROP_AFTER)) {
            Reply answer = apply(path, exchange, body);
            if (reply != null) {
                exchange.close();
                return;
            }
            reply = answer;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Reply apply(String path, HttpExchange exchange, byte[] body) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        UnaryOperator<String> header =
                name -> String.valueOf(exchange.getRequestHeaders().getFirst(name));
        if (path.startsWith("/api/2.0/mlflow-artifacts/artifacts/")) {
            String[] parts = path.substring("/api/2.0/mlflow-artifacts/artifacts/".length())
                    .split("/", 4);
            runs.get(parts[1]).artifacts.put(parts[3], body);
            return Reply.text(200, "");
        }
        String argument = URLDecoder.decode(query.replaceFirst("[^=]*=", ""), StandardCharsets.UTF_8);
        JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        return switch (path) {
            case "experiments/get-by-name" -> getExperiment(argument);
            case "experiments/create" -> createExperiment(json.path("name").asText());
            case "runs/search" -> search(json.path("filter").asText());
            case "runs/create" -> create(json);
            case "runs/get" -> get(argument);
            case "runs/log-batch" -> log(json);
            case "runs/update" -> update(json);
            case "runs/set-tag" -> tag(json);
            case "runs/log-inputs" -> input(json);
            case "runs/delete" -> delete(json);
            case "experiments/search" -> experiments();
            case "experiments/set-experiment-tag" -> Reply.text(200, "{}");
            default -> traces.answer(path, header, json);
        };
    }

    private Reply getExperiment(String name) {
        String id = experiments.get(name);
        if (id == null) {
            return Reply.json(404, "RESOURCE_DOES_NOT_EXIST", "no experiment");
        }
        String stage = deletedExperiments.contains(name) ? "deleted" : "active";
        return ok(JSON.createObjectNode()
                .set(
                        "experiment",
                        JSON.createObjectNode().put("experiment_id", id).put("lifecycle_stage", stage)));
    }

    private Reply createExperiment(String name) {
        if (experiments.putIfAbsent(name, String.valueOf(experiments.size() + 1)) != null) {
            return Reply.json(400, "RESOURCE_ALREADY_EXISTS", "there already");
        }
        return ok(JSON.createObjectNode().put("experiment_id", experiments.get(name)));
    }

    private Reply search(String filter) {
        ObjectNode found = JSON.createObjectNode();
        for (ServerRun run : runs.values()) {
            if (filter.equals("tags.`melancia.run_id` = '" + run.tags.get("melancia.run_id") + "'")) {
                ObjectNode item = info(run);
                ObjectNode data = item.putObject("data");
                data.putArray("metrics");
                run.points.forEach(data.withArray("metrics")::add);
                found.withArray("runs").add(item);
            }
        }
        return ok(found);
    }

    private Reply create(JsonNode json) {
        ServerRun run = new ServerRun("server" + (runs.size() + 1));
        json.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.path("key").asText(), tag.path("value").asText()));
        run.tags.put("mlflow.runName", json.path("run_name").asText());
        run.tags.put("experiment", json.path("experiment_id").asText());
        runs.put(run.id, run);
        return ok(JSON.createObjectNode().set("run", info(run)));
    }

    private Reply get(String id) {
        ServerRun run = runs.get(id);
        return run == null
                ? Reply.json(404, "RESOURCE_DOES_NOT_EXIST", "no run")
                : ok(JSON.createObjectNode().set("run", info(run)));
    }

    private ObjectNode info(ServerRun run) {
        ObjectNode info = JSON.createObjectNode().put("run_id", run.id).put("status", run.status);
        info.put("run_name", run.tags.get("mlflow.runName"));
        info.put("experiment_id", run.tags.get("experiment"));
        info.put("artifact_uri", artifactRoot + "1/" + run.id + "/artifacts");
        info.put("lifecycle_stage", run.deleted ? "deleted" : "active");
        ObjectNode whole = JSON.createObjectNode();
        whole.set("info", info);
        return whole;
    }

    private Reply log(JsonNode json) {
        ServerRun run = runs.get(json.path("run_id").asText());
        int metrics = json.path("metrics").size();
        int params = json.path("params").size();
        int tags = json.path("tags").size();
        if (run == null || run.deleted || metrics + params + tags > 1000 || params > 100 || tags > 100) {
            return Reply.json(400, "INVALID_PARAMETER_VALUE", "run deleted or batch too large");
        }
        for (JsonNode param : json.path("params")) {
            String before = run.params.putIfAbsent(
                    param.path("key").asText(), param.path("value").asText());
            if (before != null && !before.equals(param.path("value").asText())) {
                return Reply.json(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
            }
        }
        json.path("metrics")
                .forEach(point -> run.points.add(String.join(
                        " ",
                        point.path("key").asText(),
                        point.path("timestamp").asText(),
                        point.path("step").asText(),
                        point.path("value").asText())));
        json.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return Reply.text(200, "{}");
    }

    private Reply update(JsonNode json) {
        ServerRun run = runs.get(json.path("run_id").asText());
        run.status = json.path("status").asText(run.status);
        run.tags.computeIfPresent(
                "mlflow.runName", (key, name) -> json.path("run_name").asText(name));
        return Reply.text(200, "{}");
    }

    private Reply tag(JsonNode json) {
        runs.get(json.path("run_id").asText())
                .tags
                .put(json.path("key").asText(), json.path("value").asText());
        return Reply.text(200, "{}");
    }

    private Reply input(JsonNode json) {
        json.path("datasets")
                .forEach(
                        dataset -> runs.get(json.path("run_id").asText()).inputs.add(dataset.toString()));
        return Reply.text(200, "{}");
    }

    private Reply delete(JsonNode json) {
        runs.get(json.path("run_id").asText()).deleted = true;
        return Reply.text(200, "{}");
    }

    private Reply experiments() {
        ObjectNode found = JSON.createObjectNode();
        experiments
                .values()
                .forEach(id -> found.withArray("experiments").addObject().put("experiment_id", id));
        return ok(found);
    }

    private static Reply ok(JsonNode json) {
        return Reply.text(200, json.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
