package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalDamage;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps what the server refuses, with the reason, in a journal of its own, up to a bound, but of a run refused as a whole
 * its first event only; what cannot be read is counted and logged, not kept. The log names the thing but not its value, and
 * not the server's words, which may repeat the value; it warns once for each run and reason.
 */
final class RejectedEvents implements AutoCloseable {

    /** Of the folder; the journal that was read still has everything. */
    static final long MOST_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RejectedEvents.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int KEPT = 2000;
    private static final int REMEMBERED = 1000;

    private final Journal journal;
    private final UploadCounters counters;
    private final long mostBytes;
    private final BoundedMap<Boolean> told = new BoundedMap<>(REMEMBERED);
    private long bytes = -1;

    RejectedEvents(Path folder, UploadCounters counters, long mostBytes) {
        this.journal = Journal.open(folder);
        this.counters = counters;
        this.mostBytes = mostBytes;
    }

    void setAside(TrackingEvent event, String reason, String detail) {
        boolean kept = keep(event, reason, detail);
        counters.setAside.incrementAndGet();
        String owner = owner(event);
        LOG.atLevel(first(owner + " " + reason) ? Level.WARN : Level.DEBUG)
                .addKeyValue("of", owner)
                .addKeyValue("what", named(event))
                .addKeyValue("reason", reason)
                .addKeyValue("kept", kept ? journal.folder() : "no: the folder has reached its bound")
                .log("MLflow refuses an item; it is set aside and the rest goes on; further ones of this run with this"
                        + " reason are counted");
    }

    private boolean keep(TrackingEvent event, String reason, String detail) {
        ObjectNode line = MAPPER.createObjectNode().put("v", 1).put("type", "mlflow_rejected");
        line.put("reason", reason).put("detail", detail.length() <= KEPT ? detail : detail.substring(0, KEPT));
        line.putRawValue("event", new RawValue(new String(EventCodec.encode(event), StandardCharsets.UTF_8)));
        try {
            byte[] written = MAPPER.writeValueAsBytes(line);
            if (size() + written.length > mostBytes) {
                return false;
            }
            journal.append(written);
            bytes += written.length;
            return true;
        } catch (JsonProcessingException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    private long size() {
        if (bytes < 0) {
            try (Stream<Path> files = Files.exists(journal.folder()) ? Files.list(journal.folder()) : Stream.empty()) {
                bytes = files.mapToLong(file -> file.toFile().length()).sum();
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read the folder of rejected events", failure);
            }
        }
        return bytes;
    }

    private boolean first(String cause) {
        boolean first = !told.containsKey(cause);
        told.put(cause, true);
        return first;
    }

    /** What follows a run that was refused as a whole: said once for the run. */
    void skip(long events) {
        counters.setAside.addAndGet(events);
    }

    /** Traces were delivered without their link to a run. */
    void unlinked(String runId) {
        if (first(runId + " unlinked")) {
            LOG.atWarn()
                    .addKeyValue("run", runId)
                    .log(
                            "traces name a run that is neither in the journal nor on the server; they are delivered to their"
                                    + " experiment without it");
        }
    }

    void unreadable(String place, IllegalArgumentException reason) {
        counters.setAside.incrementAndGet();
        LOG.atLevel(first("unreadable " + reason.getMessage()) ? Level.WARN : Level.DEBUG)
                .addKeyValue("place", place)
                .setCause(reason)
                .log("an event cannot be understood; it is skipped and the rest goes on");
    }

    /** What the reader of the journal skipped so far; it logs that itself. */
    void damaged(JournalDamage damage) {
        counters.damaged = damage.corruptLines() + damage.tornTails();
    }

    private static String owner(TrackingEvent event) {
        if (event instanceof RunEvent run) {
            return "run " + run.runId();
        }
        return event instanceof TraceEvent trace
                ? "traces of experiment " + trace.target().experiment()
                : "nobody";
    }

    private static String named(TrackingEvent event) {
        if (event instanceof RunEvent.Metric metric) {
            return "metric " + metric.key();
        } else if (event instanceof RunEvent.Param param) {
            return "parameter " + param.key();
        } else if (event instanceof RunEvent.Tag tag) {
            return "tag " + tag.key();
        } else if (event instanceof RunEvent.Artifact artifact) {
            return "artifact " + artifact.path();
        } else if (event instanceof RunEvent.Started started) {
            return "run " + started.name() + " of experiment " + started.experiment();
        } else if (event instanceof RunEvent.Nested nested) {
            return "parent " + nested.parentRunId();
        } else if (event instanceof RunEvent.Dataset dataset) {
            return "dataset " + dataset.dataset().name();
        } else if (event instanceof RunEvent.Resumed) {
            return "resuming of the run";
        } else if (event instanceof TraceEvent.Spans spans) {
            return "spans of tr-" + spans.target().traceId();
        } else if (event instanceof TraceEvent.Assessed assessed) {
            return "assessment of tr-" + assessed.target().traceId();
        }
        return "end of the run";
    }

    @Override
    public void close() {
        journal.close();
    }
}
