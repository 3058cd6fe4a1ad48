package dev.melancia.experiment;

import dev.melancia.journal.RecordPacker;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packs run events: the points of a metric become arrays, and of a tag's values the latest stays. Everything else is handed
 * on byte for byte. Confined to one thread.
 *
 * <p>Points and tags are held back per run, for which their order among other kinds does not matter, but never past the end
 * of the run or whatever else is not known to be harmless.
 */
final class EventPacker implements RecordPacker {

    /**
     * Bounds the memory: some 20 MB of points and short tags. Tags count as one each however long; they are as many as the
     * different keys of the runs that are under way.
     */
    private static final int MAX_HELD = 200_000;

    private final Map<String, Held> runs = new LinkedHashMap<>();
    private int held;

    @Override
    public void pack(byte[] record, Consumer<byte[]> out) {
        RunEvent event = decode(record);
        if (event instanceof RunEvent.Metric metric) {
            hold(metric, out);
        } else if (event instanceof RunEvent.Points points) {
            points.metrics().forEach(metric -> hold(metric, out));
        } else if (event instanceof RunEvent.Tag tag) {
            hold(tag, record);
        } else {
            if (event != null && !passesBy(event)) {
                release(event.runId(), out);
            }
            out.accept(record);
        }
        if (held > MAX_HELD) {
            finish(out);
        }
    }

    @Override
    public void finish(Consumer<byte[]> out) {
        List.copyOf(runs.keySet()).forEach(run -> release(run, out));
    }

    private static boolean passesBy(RunEvent event) {
        return event instanceof RunEvent.Param
                || event instanceof RunEvent.Artifact
                || event instanceof RunEvent.Dataset;
    }

    private void hold(RunEvent.Metric metric, Consumer<byte[]> out) {
        List<MetricPoint> points = held(metric).points.computeIfAbsent(metric.key(), key -> new ArrayList<>());
        points.add(metric.point());
        held++;
        if (points.size() == RunEvent.Points.MAX_POINTS) {
            write(metric.runId(), metric.key(), points, out);
            held -= points.size();
            points.clear();
        }
    }

    private void hold(RunEvent.Tag tag, byte[] record) {
        Map<String, HeldTag> tags = held(tag).tags;
        HeldTag before = tags.get(tag.key());
        if (before == null || RunFold.later(before.tag, tag).equals(tag)) {
            tags.put(tag.key(), new HeldTag(tag, record));
            held += before == null ? 1 : 0;
        }
    }

    private Held held(RunEvent event) {
        return runs.computeIfAbsent(event.runId(), run -> new Held());
    }

    private void release(String run, Consumer<byte[]> out) {
        Held all = runs.remove(run);
        if (all != null) {
            all.tags.values().forEach(tag -> out.accept(tag.record));
            held -= all.tags.size();
            all.points.forEach((key, points) -> {
                write(run, key, points, out);
                held -= points.size();
            });
        }
    }

    private static void write(String run, String key, List<MetricPoint> points, Consumer<byte[]> out) {
        if (points.size() == 1) {
            out.accept(EventCodec.encode(new RunEvent.Metric(run, key, points.get(0))));
        } else if (!points.isEmpty()) {
            out.accept(EventCodec.encode(new RunEvent.Points(run, key, points)));
        }
    }

    /** The run event of a record; null for whatever else it is, also when it cannot be understood. */
    private static @Nullable RunEvent decode(byte[] record) {
        try {
            Optional<TrackingEvent> event = EventCodec.decode(record);
            return event.isPresent() && event.get() instanceof RunEvent run ? run : null;
        } catch (IllegalArgumentException notUnderstood) {
            return null;
        }
    }

    /** What is held back of one run. */
    private static final class Held {
        private final Map<String, HeldTag> tags = new LinkedHashMap<>();
        private final Map<String, List<MetricPoint>> points = new LinkedHashMap<>();
    }

    /** A tag, and how it was recorded. */
    private static final class HeldTag {
        private final RunEvent.Tag tag;
        private final byte[] record;

        HeldTag(RunEvent.Tag tag, byte[] record) {
            this.tag = tag;
            this.record = record;
        }
    }
}
