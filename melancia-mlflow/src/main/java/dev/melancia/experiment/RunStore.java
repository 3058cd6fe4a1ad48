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
import java.util.function.Consumer;
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
    private JournalReader reader;
    private boolean toldOfBrokenEvent;

    RunStore(Path folder) {
        this.folder = folder;
        this.reader = new JournalReader(folder, JournalPosition.START);
    }

    List<RecordedRun> runs(String experiment) {
        return runs(run -> run.started().experiment().equals(experiment));
    }

    List<RecordedRun> runs() {
        return runs(run -> true);
    }

    private List<RecordedRun> runs(Predicate<RunFold> wanted) {
        lock.lock();
        try {
            catchUp();
            return runs.values().stream()
                    .filter(RunFold::hasStarted)
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
            return Optional.ofNullable(runs.get(id)).filter(RunFold::hasStarted).map(view);
        } finally {
            lock.unlock();
        }
    }

    /** Points are not kept in memory: this reads the whole journal. */
    List<MetricPoint> history(String id, String metric) {
        List<MetricPoint> points = new ArrayList<>();
        readAll(new RecordFilter(id), points::clear, event -> {
            if (event.runId().equals(id)) {
                pointsOf(event, (key, found) -> {
                    if (key.equals(metric)) {
                        points.addAll(found);
                    }
                });
            }
        });
        points.sort(BY_STEP);
        return List.copyOf(points);
    }

    /** All points of these runs by run and metric, with one reading. */
    Map<String, SortedMap<String, List<MetricPoint>>> histories(Collection<String> ids) {
        Map<String, SortedMap<String, List<MetricPoint>>> found = new LinkedHashMap<>();
        ids.forEach(id -> found.put(id, new TreeMap<>()));
        Runnable forget = () -> found.values().forEach(Map::clear);
        readAll(RecordFilter.ALL, forget, event -> {
            SortedMap<String, List<MetricPoint>> metrics = found.get(event.runId());
            if (metrics != null) {
                pointsOf(
                        event,
                        (key, points) -> metrics.computeIfAbsent(key, any -> new ArrayList<>())
                                .addAll(points));
            }
        });
        found.values().forEach(metrics -> metrics.values().forEach(points -> points.sort(BY_STEP)));
        return found;
    }

    private static void pointsOf(RunEvent event, BiConsumer<String, List<MetricPoint>> sink) {
        if (event instanceof RunEvent.Metric single) {
            sink.accept(single.key(), List.of(single.point()));
        } else if (event instanceof RunEvent.Points packed) {
            sink.accept(packed.key(), packed.points());
        }
    }

    /** A compaction that deletes what the reader is in the middle of gives records twice: all is read anew then. */
    private void readAll(RecordFilter filter, Runnable forget, Consumer<RunEvent> sink) {
        JournalReader all;
        do {
            forget.run();
            all = new JournalReader(folder, JournalPosition.START);
            read(all, filter, (event, segment) -> sink.accept(event));
        } while (all.restarts() > 0);
    }

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
        runs.computeIfAbsent(event.runId(), id -> new RunFold(segment, folder)).add(event, segment);
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
