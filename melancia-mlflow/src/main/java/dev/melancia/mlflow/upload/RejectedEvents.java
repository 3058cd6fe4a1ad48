package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalDamage;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the server refuses, with the reason, in a journal of its own, but of a run refused as a whole its first
 * event only; what cannot be read is counted and logged, not kept. The log names the thing but not its value,
 * and not the server's words, which may repeat the value.
 */
final class RejectedEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedEvents.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int KEPT = 2000;

    private final Journal journal;
    private final UploadCounters counters;

    RejectedEvents(Path folder, UploadCounters counters) {
        this.journal = Journal.open(folder);
        this.counters = counters;
    }

    void setAside(RunEvent event, String reason, String detail) {
        ObjectNode line = MAPPER.createObjectNode().put("v", 1).put("type", "mlflow_rejected");
        line.put("reason", reason).put("detail", detail.length() <= KEPT ? detail : detail.substring(0, KEPT));
        line.putRawValue("event", new RawValue(new String(EventCodec.encode(event), StandardCharsets.UTF_8)));
        try {
            journal.append(MAPPER.writeValueAsBytes(line));
        } catch (JsonProcessingException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        counters.setAside.incrementAndGet();
        LOG.atWarn()
                .addKeyValue("run", event.runId())
                .addKeyValue("what", named(event))
                .addKeyValue("reason", reason)
                .addKeyValue("kept", journal.folder())
                .log("MLflow refuses an item; it is set aside and the rest goes on");
    }

    /** What follows a run that was refused as a whole: said once for the run. */
    void skip(long events) {
        counters.setAside.addAndGet(events);
    }

    void unreadable(String place, IllegalArgumentException reason) {
        counters.setAside.incrementAndGet();
        LOG.atWarn()
                .addKeyValue("place", place)
                .setCause(reason)
                .log("a run event cannot be understood; it is skipped and the rest goes on");
    }

    /** What the reader of the journal skipped so far; it logs that itself. */
    void damaged(JournalDamage damage) {
        counters.damaged = damage.corruptLines() + damage.tornTails();
    }

    private static String named(RunEvent event) {
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
        }
        return "end of the run";
    }

    @Override
    public void close() {
        journal.close();
    }
}
