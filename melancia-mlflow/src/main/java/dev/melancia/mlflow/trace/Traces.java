package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The traces of a server, written and read at once: every call waits for the server's answer. Not for the path of a production
 * call; put events into a journal there. Immutable, as thread-safe as its connection.
 *
 * <p>A trace is named by its 32 hexadecimal digits, or as MLflow shows it: {@code tr-<id>}. Every method throws
 * {@link MlflowException}, of kind {@code REJECTED} for a trace that is not there.
 *
 * @since 0.1.0
 */
public final class Traces {

    /** Most traces sent with one request; the server takes ten times as many that way as one by one. */
    public static final int MAX_TRACES = 100;

    /** Most characters of JSON sent with one request, one larger trace aside. */
    public static final int MAX_CHARACTERS = 2_000_000;

    private static final String V2 = "/api/2.0/mlflow/traces/";
    private static final String V3 = "/api/3.0/mlflow/traces";
    private static final String TRACE = "trace";
    private static final String ASSESSMENT = "assessment";

    private final MlflowApi api;

    private Traces(MlflowApi api) {
        this.api = requireNonNull(api, "api");
    }

    /** The traces of the server behind this connection, which stays the caller's to close. */
    public static Traces on(MlflowApi api) {
        return new Traces(api);
    }

    /**
     * Records traces, several with one request. Recording the same ones again changes nothing.
     *
     * @param experimentId of an experiment that is there
     * @param runId MLflow's id of the run they belong to; the server ignores one it does not know
     */
    public void log(String experimentId, Optional<String> runId, List<Trace> traces) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-mlflow-experiment-id", requireNonNull(experimentId, "experimentId"));
        runId.ifPresent(run -> headers.put("x-mlflow-run-id", run));
        TraceBatch batch = new TraceBatch(json -> api.postText("/v1/traces", json, headers));
        traces.forEach(batch::add);
        batch.send();
    }

    /** What is known of a trace with its assessments, without its spans; empty when it is not there. */
    public Optional<LoggedTrace> find(String traceId) {
        try {
            return Optional.of(new LoggedTrace(info(api.get(path(traceId)))));
        } catch (MlflowException failure) {
            if (failure.isNotFound()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** The spans of a trace, in the order of their starts. */
    public List<LoggedSpan> spans(String traceId) {
        JsonNode found = api.get(V3 + "/get?trace_id=" + MlflowApi.encode(mlflowId(traceId)));
        List<LoggedSpan> spans = new ArrayList<>();
        found.path(TRACE).path("spans").forEach(span -> spans.add(OtlpReading.span(span)));
        return List.copyOf(spans);
    }

    /** One page of what a query finds, without spans. */
    public TracePage search(TraceQuery query) {
        JsonNode found = api.post(V3 + "/search", query.body(api.body()));
        List<LoggedTrace> traces = new ArrayList<>();
        found.path("traces").forEach(info -> traces.add(new LoggedTrace(info)));
        String next = found.path("next_page_token").asText("");
        return new TracePage(traces, next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    /** Sets or replaces a tag. */
    public void tag(String traceId, String key, String value) {
        api.patch(path(traceId) + "/tags", api.body().put("key", Rules.tag(key)).put("value", value));
    }

    /** Removes a tag; without effect when there is none. */
    public void removeTag(String traceId, String key) {
        try {
            api.delete(path(traceId) + "/tags", api.body().put("key", requireNonNull(key, "key")));
        } catch (MlflowException failure) {
            if (!failure.isNotFound() || find(traceId).isEmpty()) {
                throw failure;
            }
        }
    }

    /**
     * Says that traces belong to a run. The server does not check that the run is there.
     *
     * @param runId MLflow's id of the run
     */
    public void link(List<String> traceIds, String runId) {
        ObjectNode body = api.body().put("run_id", requireNonNull(runId, "runId"));
        traceIds.forEach(id -> body.withArray("trace_ids").add(mlflowId(id)));
        api.post(V2 + "link-to-run", body);
    }

    /**
     * Links a trace to a version of a prompt so that {@code prompt = "name/version"} finds it. {@link Trace.Builder#prompt} alone
     * shows the link on the trace's page.
     */
    public void linkPrompt(String traceId, String name, int version) {
        ObjectNode body = api.body().put("trace_id", mlflowId(traceId));
        body.withArray("prompt_versions").addObject().put("name", name).put("version", Integer.toString(version));
        api.post(V2 + "link-prompts", body);
    }

    /** Records an assessment of a trace. The same one again, by its id, changes nothing. */
    public void assess(String traceId, Assessment assessment) {
        try {
            create(traceId, assessment);
        } catch (MlflowException failure) {
            if (failure.kind() != MlflowException.Kind.LATER) {
                throw failure;
            }
            if (!isAssessed(traceId, assessment.id())) {
                create(traceId, assessment);
            }
        }
    }

    /** The server answers 500 to an id it has, as to an accident of its own; so one try, and then a look. */
    private void create(String traceId, Assessment assessment) {
        ObjectNode body = api.body();
        body.putRawValue(ASSESSMENT, new RawValue(assessment.toJson()));
        api.postOnce(path(traceId) + "/assessments", body);
    }

    private boolean isAssessed(String traceId, String assessmentId) {
        return find(traceId).stream()
                .flatMap(trace -> trace.assessments().stream())
                .anyMatch(known -> known.id().equals(assessmentId));
    }

    /**
     * Replaces value and rationale of the assessment with the same id; entries of its metadata are added or replaced.
     * Feedback stays feedback, and an expectation one.
     */
    public void update(String traceId, Assessment assessment) {
        ObjectNode body = api.body();
        body.putRawValue(ASSESSMENT, new RawValue(assessment.toJson()));
        body.put("update_mask", (assessment.isExpectation() ? "expectation" : "feedback") + ",rationale,metadata");
        api.patch(path(traceId) + "/assessments/" + assessment.id(), body);
    }

    private static JsonNode info(JsonNode answer) {
        return answer.path(TRACE).path("trace_info");
    }

    private static String path(String traceId) {
        return V3 + "/" + MlflowApi.encode(mlflowId(traceId));
    }

    private static String mlflowId(String traceId) {
        return requireNonNull(traceId, "traceId").startsWith("tr-") ? traceId : "tr-" + traceId;
    }
}
