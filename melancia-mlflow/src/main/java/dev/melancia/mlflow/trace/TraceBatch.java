package dev.melancia.mlflow.trace;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Puts several traces into one request, since the server takes ten times as many that way. Confined to one thread. */
final class TraceBatch {

    private static final String HEAD = "{\"resourceSpans\":[";
    private static final String TAIL = "]}";

    private final Consumer<byte[]> request;
    private final StringBuilder waiting = new StringBuilder(HEAD);
    private int traces;

    TraceBatch(Consumer<byte[]> request) {
        this.request = request;
    }

    void add(Trace trace) {
        String json = trace.toOtlpJson();
        if (traces == Traces.MAX_TRACES || waiting.length() + json.length() > Traces.MAX_CHARACTERS) {
            send();
        }
        if (traces > 0) {
            waiting.append(',');
        }
        waiting.append(json, HEAD.length(), json.length() - TAIL.length());
        traces++;
    }

    /** Sends what waits, if anything does. */
    void send() {
        if (traces > 0) {
            request.accept(waiting.append(TAIL).toString().getBytes(StandardCharsets.UTF_8));
            waiting.setLength(HEAD.length());
            traces = 0;
        }
    }
}
