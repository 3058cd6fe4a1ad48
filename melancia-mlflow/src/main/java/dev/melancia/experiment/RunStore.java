package dev.melancia.experiment;

import dev.melancia.journal.JournalException;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local store: the journal's run events folded into runs. Each look reads only what was appended since the last one.
 * Memory: one summary per run and metric. Thread-safe.
 */
final class RunStore {

    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private static final Comparator<MetricPoint> BY_STEP =
            Comparator.comparingLong(MetricPoint::step).thenComparing(MetricPoint::at);

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RunFold> runs = new LinkedHashMap<>();
    private final JournalReader reader;
    private boolean toldOfBrokenEvent;

    RunStore(Path folder) {
        this.folder = folder;
        this.reader = new JournalReader(folder, JournalPosition.START);
    }

    List<RecordedRun> runs(String experiment) {
        return runs(run -> run.started.experiment().equals(experiment));
    }

    List<RecordedRun> runs() {
        return runs(run -> true);
    }

    private List<RecordedRun> runs(Predicate<RunFold> wanted) {
        lock.lock();
        try {
            catchUp();
            return runs.values().stream()
                    .filter(wanted)
                    .map(RunFold::snapshot)
                    .sorted(Comparator.comparing(RecordedRun::startedAt))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<RecordedRun> find(String id) {
        return find(id, RunFold::snapshot);
    }

    ResumableRun resumable(String id) {
        return find(id, RunFold::resumable)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "run " + id + " cannot be resumed: the folder " + folder
                                        + " has no such run. Runs go by their id there, which MLflow shows as the tag melancia.run_id"));
    }

    private <R> Optional<R> find(String id, Function<RunFold, R> view) {
        lock.lock();
        try {
            catchUp();
            return Optional.ofNullable(runs.get(id)).map(view);
        } finally {
            lock.unlock();
        }
    }

    /** Points are not kept in memory: this reads the whole journal. */
    List<MetricPoint> history(String id, String metric) {
        List<MetricPoint> points = new ArrayList<>();
        read(new JournalReader(folder, JournalPosition.START), (event, segment) -> {
            if (event instanceof RunEvent.Metric m
                    && m.runId().equals(id)
                    && m.key().equals(metric)) {
                points.add(m.point());
            }
        });
        points.sort(BY_STEP);
        return List.copyOf(points);
    }

    /** All points of these runs by run and metric, with one reading. */
    Map<String, SortedMap<String, List<MetricPoint>>> histories(Collection<String> ids) {
        Map<String, SortedMap<String, List<MetricPoint>>> found = new LinkedHashMap<>();
        ids.forEach(id -> found.put(id, new TreeMap<>()));
        read(new JournalReader(folder, JournalPosition.START), (event, segment) -> {
            SortedMap<String, List<MetricPoint>> metrics = found.get(event.runId());
            if (metrics != null && event instanceof RunEvent.Metric m) {
                metrics.computeIfAbsent(m.key(), key -> new ArrayList<>()).add(m.point());
            }
        });
        found.values().forEach(metrics -> metrics.values().forEach(points -> points.sort(BY_STEP)));
        return found;
    }

    private void catchUp() {
        read(reader, (event, segment) -> {
            if (event instanceof RunEvent.Started started) {
                runs.putIfAbsent(started.runId(), new RunFold(started, segment, folder));
            }
            RunFold run = runs.get(event.runId());
            if (run != null && event instanceof RunEvent.Resumed resumed) {
                run.resumed(resumed, segment);
            } else if (run != null) {
                run.add(event);
            }
        });
    }

    private void read(JournalReader from, BiConsumer<RunEvent, String> sink) {
        try {
            for (Optional<JournalRecord> next = from.next(); next.isPresent(); next = from.next()) {
                JournalRecord record = next.get();
                decode(record).ifPresent(event -> sink.accept(event, record.segment()));
            }
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
