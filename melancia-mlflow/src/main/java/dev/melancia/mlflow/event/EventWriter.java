package dev.melancia.mlflow.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** Writes the fields of events; {@link EventFields} reads them. */
final class EventWriter {

    private static final int VERSION = 1;

    private EventWriter() {}

    static void write(TrackingEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", VERSION);
        if (event instanceof RunEvent run) {
            write(run, json);
        } else if (event instanceof TraceEvent trace) {
            write(trace, json);
        }
        json.writeEndObject();
    }

    private static void write(TraceEvent event, JsonGenerator json) throws IOException {
        boolean spans = event instanceof TraceEvent.Spans;
        json.writeStringField("type", spans ? EventFields.SPANS : EventFields.ASSESSED);
        json.writeStringField("trace", event.target().traceId());
        time(event, json);
        json.writeStringField("experiment", event.target().experiment());
        if (event.target().runId().isPresent()) {
            json.writeStringField("run", event.target().runId().get());
        }
        object(spans ? "spans" : "assessment", event.json(), json);
    }

    private static void write(RunEvent event, JsonGenerator json) throws IOException {
        if (event instanceof RunEvent.Metric metric) {
            head(EventFields.METRIC, event, json);
            json.writeStringField("key", metric.key());
            json.writeFieldName("value");
            writeDouble(metric.point().value(), json);
            json.writeNumberField("step", metric.point().step());
        } else if (event instanceof RunEvent.Points points) {
            keyed(EventFields.POINTS, event, points.key(), json);
            points(points.points(), json);
        } else if (event instanceof RunEvent.Param param) {
            keyed(EventFields.PARAM, event, param.key(), json);
            json.writeStringField("value", param.value());
        } else if (event instanceof RunEvent.Tag tag) {
            keyed(EventFields.TAG, event, tag.key(), json);
            json.writeStringField("value", tag.value());
        } else if (event instanceof RunEvent.Artifact artifact) {
            head(EventFields.ARTIFACT, event, json);
            json.writeStringField("path", artifact.path());
            json.writeNumberField("bytes", artifact.bytes());
        } else if (event instanceof RunEvent.Dataset dataset) {
            head(EventFields.DATASET, event, json);
            dataset(dataset.dataset(), json);
        } else {
            lifeCycle(event, json);
        }
    }

    private static void lifeCycle(RunEvent event, JsonGenerator json) throws IOException {
        if (event instanceof RunEvent.Started started) {
            head(EventFields.STARTED, event, json);
            json.writeStringField("experiment", started.experiment());
            json.writeStringField("name", started.name());
        } else if (event instanceof RunEvent.Resumed resumed) {
            head(EventFields.RESUMED, event, json);
            json.writeStringField("experiment", resumed.experiment());
        } else if (event instanceof RunEvent.Nested nested) {
            head(EventFields.NESTED, event, json);
            json.writeStringField("parent", nested.parentRunId());
        } else if (event instanceof RunEvent.Ended ended) {
            head(EventFields.ENDED, event, json);
            json.writeStringField("outcome", ended.outcome().name());
        }
    }

    /** Steps and times as the first one and then the difference to the one before, which is a third of the length. */
    private static void points(List<MetricPoint> points, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("values");
        for (MetricPoint point : points) {
            writeDouble(point.value(), json);
        }
        json.writeEndArray();
        differences("steps", points, MetricPoint::step, json);
        differences("times", points, point -> micros(point.at()), json);
    }

    private static void differences(
            String name, List<MetricPoint> points, ToLongFunction<MetricPoint> number, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        long before = 0;
        for (MetricPoint point : points) {
            long now = number.applyAsLong(point);
            json.writeNumber(now - before); // May overflow, and does so back when it is read.
            before = now;
        }
        json.writeEndArray();
    }

    private static void head(String type, RunEvent event, JsonGenerator json) throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("run", event.runId());
        time(event, json);
    }

    private static void keyed(String type, RunEvent event, String key, JsonGenerator json) throws IOException {
        head(type, event, json);
        json.writeStringField("key", key);
    }

    private static void time(TrackingEvent event, JsonGenerator json) throws IOException {
        json.writeNumberField("at", micros(event.at()));
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private static void dataset(DatasetInput dataset, JsonGenerator json) throws IOException {
        json.writeStringField("name", dataset.name());
        json.writeStringField("digest", dataset.digest());
        json.writeStringField("source_type", dataset.sourceType());
        object("source", dataset.source(), json);
        if (dataset.context().isPresent()) {
            json.writeStringField("context", dataset.context().get());
        }
        if (dataset.schema().isPresent()) {
            object("schema", dataset.schema().get(), json);
        }
        if (dataset.profile().isPresent()) {
            object("profile", dataset.profile().get(), json);
        }
    }

    private static void object(String name, String text, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(text);
    }

    /** Numbers that JSON has no form for are strings; a bare NaN makes MLflow drop the rest of a request in silence. */
    private static void writeDouble(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }
}
