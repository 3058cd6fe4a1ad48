package dev.melancia.mlflow.upload;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.event.TrackingEvent;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** A journal with events of runs, and settings that do not wait long. */
final class UploaderFixture implements AutoCloseable {

    static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456Z");
    static final Duration LONG = Duration.ofSeconds(20);

    final Path folder;
    final Journal journal;

    UploaderFixture(Path folder) {
        this.folder = folder;
        this.journal = Journal.open(folder);
    }

    static MlflowSettings settings(URI uri) {
        return quick(uri).build();
    }

    static MlflowSettings.Builder quick(URI uri) {
        return MlflowSettings.builder(uri)
                .mergeDelay(Duration.ofMillis(10))
                .requestTimeout(Duration.ofSeconds(10))
                .backoff(Duration.ofMillis(5), Duration.ofMillis(40));
    }

    static String runId(long seed) {
        Random random = new Random(seed);
        return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
    }

    void append(TrackingEvent... events) {
        journal.appendAll(Arrays.stream(events).map(EventCodec::encode).toList());
    }

    void start(String run) {
        append(new RunEvent.Started(run, AT, "experiment", "name"));
    }

    void metrics(String run, String key, int from, int to) {
        for (int step = from; step < to; step++) {
            append(metric(run, key, step));
        }
    }

    void end(String run) {
        append(new RunEvent.Ended(run, AT.plusSeconds(1), RunOutcome.FINISHED));
    }

    static RunEvent metric(String run, String key, int step) {
        return new RunEvent.Metric(run, key, new MetricPoint(step / 8.0, step, AT));
    }

    static TraceEvent.Spans spans(TraceTarget target, String name) {
        return new TraceEvent.Spans(
                target,
                AT,
                "{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"spans\":[{"
                        + "\"traceId\":\"" + target.traceId() + "\",\"spanId\":\"00000000000000a1\",\"name\":\"" + name
                        + "\",\"kind\":1,\"startTimeUnixNano\":\"1795354861168461568\","
                        + "\"endTimeUnixNano\":\"1795354861268461568\",\"status\":{\"code\":1}}]}]}]}");
    }

    static TraceEvent.Assessed assessed(TraceTarget target, String id) {
        return new TraceEvent.Assessed(
                target,
                AT,
                "{\"assessment_id\":\"" + id + "\",\"assessment_name\":\"correct\",\"source\":"
                        + "{\"source_type\":\"CODE\",\"source_id\":\"rule\"},\"feedback\":{\"value\":true}}");
    }

    @Override
    public void close() {
        journal.close();
    }
}
