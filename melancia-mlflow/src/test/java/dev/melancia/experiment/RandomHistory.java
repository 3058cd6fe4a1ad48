package dev.melancia.experiment;

import dev.melancia.journal.Compactions;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random run events in small segments of several journals, some closed, some of them of processes that are gone by then.
 * Each run belongs to one journal at a time.
 */
final class RandomHistory implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final double[] VALUES = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e300, .1, .2, .3};

    private final Path folder;
    private final Random random;
    private final List<Journal> open = new ArrayList<>();
    private final Map<String, Journal> writers = new TreeMap<>();
    private int clock;

    RandomHistory(Path folder, Random random) {
        this.folder = folder;
        this.random = random;
    }

    /** Ids of all runs so far. */
    Collection<String> runs() {
        return writers.keySet();
    }

    /** Writes some events; now and then somebody looks. */
    void write(int events, Runnable look) {
        for (int n = 0; n < events; n++) {
            int choice = random.nextInt(60);
            if (choice == 0 && !open.isEmpty()) {
                open.remove(random.nextInt(open.size())).close();
            } else if (choice == 1 || open.isEmpty()) {
                opened();
            } else if (choice == 2) {
                look.run();
            } else if (choice < 4 || writers.isEmpty()) {
                start();
            } else {
                append();
            }
        }
    }

    private Journal opened() {
        Journal journal = Journal.open(folder, 500 + random.nextInt(8_000), InstantSource.system());
        open.add(journal);
        return journal;
    }

    private void start() {
        String id = String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
        Journal journal = open.get(random.nextInt(open.size()));
        writers.put(id, journal);
        journal.append(EventCodec.encode(new RunEvent.Started(id, at(), "e", "run")));
    }

    private void append() {
        List<String> ids = List.copyOf(writers.keySet());
        String id = ids.get(random.nextInt(ids.size()));
        Journal journal = writers.get(id);
        if (journal == null || !open.contains(journal)) {
            // A new one: a fresh reader takes segments by their start and must see the run's start first.
            journal = opened();
            writers.put(id, journal);
            journal.append(EventCodec.encode(new RunEvent.Resumed(id, at(), "e")));
        }
        if (random.nextInt(20) == 0) {
            journal.append(("{\"v\":1,\"type\":\"note\",\"n\":" + clock + "}").getBytes(StandardCharsets.UTF_8));
        }
        journal.append(EventCodec.encode(event(id)));
    }

    private RunEvent event(String id) {
        String key = "k" + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0 -> new RunEvent.Param(id, at(), key + clock, "v" + clock);
            case 1, 2 -> new RunEvent.Tag(id, at(), key, "v" + clock);
            case 3 -> new RunEvent.Artifact(id, at(), key + ".txt", clock);
            case 4 ->
                random.nextInt(3) == 0
                        ? new RunEvent.Ended(id, at(), RunOutcome.FINISHED)
                        : new RunEvent.Nested(id, at(), id);
            default -> new RunEvent.Metric(id, key, new MetricPoint(value(), random.nextInt(50), at()));
        };
    }

    private double value() {
        return random.nextInt(4) == 0 ? VALUES[random.nextInt(VALUES.length)] : random.nextGaussian();
    }

    private Instant at() {
        return START.plusMillis(clock++ / 2);
    }

    /** All journals are closed and their processes gone. */
    void die() throws IOException {
        close();
        open.clear();
        for (String name : names()) {
            Files.move(folder.resolve(name), folder.resolve(Compactions.ofDeadWriter(name)));
        }
    }

    private List<String> names() {
        File[] files = folder.toFile().listFiles((parent, name) -> name.endsWith(".jsonl"));
        return Arrays.stream(files == null ? new File[0] : files)
                .map(File::getName)
                .toList();
    }

    @Override
    public void close() {
        open.forEach(Journal::close);
    }
}
