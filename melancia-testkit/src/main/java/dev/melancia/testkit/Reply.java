package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link LoopbackServer} does about one request: status, headers, and a body that can wait, stall or break off.
 * Immutable: each method returns a new reply. Not a general HTTP answer: only what faults need.
 *
 * @since 0.1.0
 */
public final class Reply {

    /** One thing done to the connection; true when the connection can serve another request after it. */
    interface Step {
        boolean run(Connection connection) throws IOException, InterruptedException;
    }

    private static final int NO_HEAD = 0;
    private static final Step END = connection -> connection.writeChunk(new byte[0]);

    private final int status;
    private final Map<String, String> headers;
    private final List<Step> steps;

    private Reply(int status, Map<String, String> headers, List<Step> steps) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.steps = List.copyOf(steps);
    }

    /** A whole answer. */
    public static Reply of(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of("Content-Type", contentType, "Content-Length", Integer.toString(bytes.length));
        return new Reply(status, headers, List.of()).then(connection -> connection.write(bytes));
    }

    /** Status 200 and a body in pieces, which goes on with {@link #send} and ends with {@link #end}. */
    public static Reply streaming(String contentType) {
        Map<String, String> headers = Map.of("Content-Type", contentType, "Transfer-Encoding", "chunked");
        return new Reply(200, headers, List.of());
    }

    /** No byte at all: the client waits until it gives up. */
    public static Reply silence() {
        return new Reply(NO_HEAD, Map.of(), List.of(Connection::awaitHangUp));
    }

    /** The connection is closed in place of an answer. */
    public static Reply hangUp() {
        return new Reply(NO_HEAD, Map.of(), List.of(Connection::hangUp));
    }

    /** Adds a header, such as {@code Retry-After}. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new Reply(status, more, steps);
    }

    /** One more piece of a streaming body, sent at once. */
    public Reply send(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        return then(connection -> connection.writeChunk(bytes));
    }

    /** Goes on when the gate is open. */
    public Reply waitFor(Gate gate) {
        requireNonNull(gate, "gate");
        return then(connection -> {
            gate.pass();
            return true;
        });
    }

    /** The proper end of a streaming body. */
    public Reply end() {
        return then(END);
    }

    /** Nothing more comes, and the connection stays open until the client gives up. */
    public Reply stall() {
        return then(Connection::awaitHangUp);
    }

    /** The connection breaks here, as when a server is killed. */
    public Reply cut() {
        return then(Connection::hangUp);
    }

    /** This streaming body without its end, and then the other's. */
    Reply followedBy(Reply other) {
        List<Step> both = new ArrayList<>(steps);
        both.remove(END);
        both.addAll(other.steps);
        return new Reply(status, headers, both);
    }

    boolean sendTo(Connection connection) throws IOException, InterruptedException {
        if (status != NO_HEAD) {
            connection.writeHead(status, headers);
        }
        for (Step step : steps) {
            if (!step.run(connection)) {
                return false;
            }
        }
        return true;
    }

    private Reply then(Step step) {
        return new Reply(status, headers, Script.then(steps, step));
    }
}
