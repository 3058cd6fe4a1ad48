package dev.melancia.experiment;

import dev.melancia.journal.JournalException;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.journal.JournalVersionException;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local store: the journal's run events folded into runs. Each look reads only what was appended since the last one.
 * Memory: one summary per run and metric. Thread-safe.
 */
final class RunStore {

    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RunFold> runs = new LinkedHashMap<>();
    private JournalReader reader;
    private boolean toldOfBrokenEvent;

    RunStore(Path folder) {
        this.folder = folder;
        this.reader = new JournalReader(folder, JournalPosition.START);
    }

    List<RecordedRun> runs(String experiment) {
        lock.lock();
        try {
            catchUp();
            return runs.values().stream()
                    .filter(run -> run.started.experiment().equals(experiment))
                    .map(RunFold::snapshot)
                    .sorted(Comparator.comparing(RecordedRun::startedAt))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<RecordedRun> find(String id) {
        lock.lock();
        try {
            catchUp();
            return Optional.ofNullable(runs.get(id)).map(RunFold::snapshot);
        } finally {
            lock.unlock();
        }
    }

    /** Points are not kept in memory: this reads the whole journal. */
    List<MetricPoint> history(String id, String metric) {
        RecordFilter filter = new RecordFilter(id, '"' + metric + '"');
        while (true) {
            List<MetricPoint> points = new ArrayList<>();
            JournalReader all = new JournalReader(folder, JournalPosition.START);
            read(all, filter, (event, segment) -> addPoints(event, id, metric, points));
            if (all.restarts() == 0) {
                points.sort(Comparator.comparingLong(MetricPoint::step).thenComparing(MetricPoint::at));
                return List.copyOf(points);
            }
        }
    }

    private static void addPoints(RunEvent event, String id, String metric, List<MetricPoint> points) {
        if (!event.runId().equals(id)) {
            return;
        }
        if (event instanceof RunEvent.Metric single && single.key().equals(metric)) {
            points.add(single.point());
        } else if (event instanceof RunEvent.Points packed && packed.key().equals(metric)) {
            points.addAll(packed.points());
        }
    }

    /** A compaction that deletes what the reader is in the middle of gives records twice: all is read anew then. */
    private void catchUp() {
        while (true) {
            read(reader, RecordFilter.ALL, this::fold);
            if (reader.restarts() == 0) {
                return;
            }
            runs.clear();
            reader = new JournalReader(folder, JournalPosition.START);
        }
    }

    private void fold(RunEvent event, String segment) {
        if (event instanceof RunEvent.Started started) {
            runs.putIfAbsent(started.runId(), new RunFold(started, segment, folder));
        }
        RunFold run = runs.get(event.runId());
        if (run != null) {
            run.add(event);
        }
    }

    private void read(JournalReader from, RecordFilter filter, BiConsumer<RunEvent, String> sink) {
        try {
            for (Optional<JournalRecord> next = from.next(); next.isPresent(); next = from.next()) {
                JournalRecord record = next.get();
                if (filter.admits(record.json())) {
                    decode(record).ifPresent(event -> sink.accept(event, record.segment()));
                }
            }
        } catch (JournalVersionException later) {
            throw new ExperimentStoreException(String.valueOf(later.getMessage()), later);
        } catch (JournalException failure) {
            throw new ExperimentStoreException("cannot read the runs in " + folder, failure);
        }
    }

    private Optional<RunEvent> decode(JournalRecord record) {
        try {
            return EventCodec.decode(record.json())
                    .filter(RunEvent.class::isInstance)
                    .map(RunEvent.class::cast);
        } catch (IllegalArgumentException broken) {
            if (!toldOfBrokenEvent) {
                toldOfBrokenEvent = true;
                LOG.atWarn()
                        .addKeyValue("segment", record.segment())
                        .addKeyValue("offset", record.offset())
                        .setCause(broken)
                        .log("a run event cannot be understood; it is skipped, as are further ones");
            }
            return Optional.empty();
        }
    }
}
