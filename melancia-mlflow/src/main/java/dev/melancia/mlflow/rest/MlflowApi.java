package dev.melancia.mlflow.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Any request of MLflow's REST interface: signed in, bounded in time, tried again where that helps. The packages beside
 * this one have the requests people usually want; this is for the others.
 *
 * <p>Paths are those of the server, such as {@code /api/2.0/mlflow/runs/get?run_id=…}, with segments and query values
 * encoded ({@link #encode}). Every method throws {@link MlflowException} when the server is not there, fails or refuses. A
 * request that failed for now ({@link MlflowException.Kind#LATER}) is made again after growing pauses, unless it must not be
 * carried out twice. Thread-safe; waits on the caller's thread. Owns daemon threads named {@code melancia-mlflow-http}.
 *
 * @since 0.1.0
 */
public final class MlflowApi implements AutoCloseable {

    private static final long BYTES_PER_SECOND = 1_000_000;

    private final MlflowSettings settings;
    private final ObjectMapper mapper;
    private final MlflowTransport transport;
    private final Downloads downloads;
    private final Retries retries;
    private final ThreadPoolExecutor threads;

    private MlflowApi(MlflowSettings settings, Retries retries) {
        this.settings = requireNonNull(settings, "settings");
        this.retries = retries;
        this.mapper = new ObjectMapper();
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), MlflowApi::daemon);
        Connections connections = new Connections(settings, threads);
        this.transport = new MlflowTransport(connections, mapper, System::nanoTime);
        this.downloads = new Downloads(connections.shared(), mapper);
    }

    /** Speaks to this server; makes no connection yet. */
    public static MlflowApi connect(MlflowSettings settings) {
        return new MlflowApi(settings, Retries.of(settings, System::nanoTime));
    }

    /** The same without tries after a pause, for those who pause themselves. */
    public static MlflowApi connectWithoutRetries(MlflowSettings settings) {
        return new MlflowApi(settings, Retries.none(settings, System::nanoTime));
    }

    /** What it was connected with. */
    public MlflowSettings settings() {
        return settings;
    }

    /** An empty object for the body of a request. */
    public ObjectNode body() {
        return mapper.createObjectNode();
    }

    /** A text as a segment of a path or the value of a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * A field that MLflow's answer to {@code what} always has.
     *
     * @throws MlflowException when it is missing or empty: the answer does not come from MLflow
     */
    public static String required(String what, JsonNode json, String field) {
        String text = json.path(field).asText();
        if (text.isEmpty()) {
            throw MlflowException.blocked(new MlflowAnswer(what, 200, json, "", Optional.empty()), field);
        }
        return text;
    }

    /** GET; the answer is a JSON object. */
    public JsonNode get(String path) {
        return json(path, request(path).GET().build());
    }

    /** POST of a request that changes nothing more when it is carried out twice. */
    public JsonNode post(String path, JsonNode body) {
        return json(path, withBody(path, "POST", body));
    }

    /** PATCH of a request that changes nothing more when it is carried out twice. */
    public JsonNode patch(String path, JsonNode body) {
        return json(path, withBody(path, "PATCH", body));
    }

    /** DELETE, with a body as MLflow wants it. */
    public JsonNode delete(String path, JsonNode body) {
        return json(path, withBody(path, "DELETE", body));
    }

    /**
     * POST of a request that must not be carried out twice: it is sent once, whatever comes, on a connection that has just
     * carried a harmless request. {@link MlflowException#outcomeUnknown()} tells whether it may have been carried out.
     */
    public JsonNode postOnce(String path, JsonNode body) {
        HttpRequest harmless = request("/health").GET().build();
        HttpRequest once = withBody(path, "POST", body);
        return object(transport.sendOnce(what(path), harmless, once, settings.requestTimeout()));
    }

    /**
     * POST of JSON text with headers of its own, to an endpoint that answers with nothing or a JSON object, such as
     * {@code /v1/traces}.
     */
    public void postText(String path, byte[] json, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        HttpRequest built = request.build();
        emptyOrObject(retries.run(settings.requestTimeout(), limit -> transport.send(what(path), built, limit)));
    }

    /** PUT of a file, streamed; one second more than the request's limit for each megabyte. */
    public void upload(String path, Path file) {
        try {
            put(path, BodyPublishers.ofFile(file), Files.size(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** PUT of bytes as they are; see {@link #upload(String, Path)}. */
    public void upload(String path, byte[] content) {
        put(path, BodyPublishers.ofByteArray(content), content.length);
    }

    private void put(String path, HttpRequest.BodyPublisher content, long bytes) {
        HttpRequest request = request(path).PUT(content).build();
        emptyOrObject(retries.run(limit(bytes), limit -> transport.send("artifact", request, limit)));
    }

    /**
     * GET of content, streamed into a file; one second more than the request's limit for each megabyte that comes.
     *
     * @param file replaced; has a part of the content when this throws
     * @throws UncheckedIOException when the file cannot be written
     */
    public void download(String path, Path file) {
        HttpRequest request = request(path).GET().build();
        fetch(left -> {
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                downloads.receive(request, out.getChannel(), left);
                return file;
            } catch (IOException disk) {
                throw new UncheckedIOException(disk);
            }
        });
    }

    /** GET of content that memory can hold; see {@link #download}. */
    public byte[] content(String path) {
        HttpRequest request = request(path).GET().build();
        return fetch(left -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            downloads.receive(request, Channels.newChannel(out), left);
            return out.toByteArray();
        });
    }

    private <T> T fetch(LongFunction<T> request) {
        return retries.run(settings.requestTimeout(), limit -> transport.again(limit, request));
    }

    private Duration limit(long bytes) {
        return settings.requestTimeout().plusSeconds(bytes / BYTES_PER_SECOND);
    }

    private JsonNode json(String path, HttpRequest request) {
        return object(retries.run(settings.requestTimeout(), limit -> transport.send(what(path), request, limit)));
    }

    /** A gateway's page to sign in is answered 200 too; taken for a yes it would empty the journal into nothing. */
    private static JsonNode object(MlflowAnswer answer) {
        if (!answer.json().isObject()) {
            throw MlflowException.blocked(answer, "a JSON object");
        }
        return answer.json();
    }

    private static void emptyOrObject(MlflowAnswer answer) {
        if (!answer.text().isEmpty()) {
            object(answer);
        }
    }

    private HttpRequest withBody(String path, String method, JsonNode body) {
        try {
            return request(path)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)))
                    .build();
        } catch (JsonProcessingException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.uri() + path));
        settings.workspace().ifPresent(name -> request.header("X-MLFLOW-WORKSPACE", name));
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** The end of the path, without what may be personal. */
    private static String what(String path) {
        return path.replaceFirst("\\?.*", "").replaceFirst("^/api/\\d\\.0/mlflow/", "");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "melancia-mlflow-http");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the threads. To be called when no request is under way: one that is may come to no answer. */
    @Override
    public void close() {
        threads.shutdown();
    }

    @Override
    public String toString() {
        return "MlflowApi[" + settings.uri() + "]";
    }
}
