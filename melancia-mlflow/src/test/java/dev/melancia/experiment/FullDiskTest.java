package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.journal.FillingDisk;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void metricsThatWereRecordedAreNamedAndKeepTheirStep() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = disk.journal(folder)) {
            RunParts parts = new RunParts(journal, InstantSource.fixed(AT), Map::of, Acknowledgement.JOURNAL);
            Run run = Run.start(parts, new RunEvent.Started(ID, AT, "e", "n"), List.of());
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("first", 1.0);
            values.put("second", 2.0);
            disk.room = 200; // One line has about 120 bytes.
            assertThatThrownBy(() -> run.metrics(values))
                    .isInstanceOf(ExperimentStoreException.class)
                    .hasMessageContaining("only the first 1 of 2")
                    .hasMessageContaining("not to be repeated: first")
                    .hasMessageNotContaining("second");
            disk.room = Integer.MAX_VALUE;
            run.metric("second", 2.0);
            run.metric("first", 1.5);
        }
        RunStore store = new RunStore(folder);
        assertThat(store.history(ID, "first")).extracting(MetricPoint::step).containsExactly(0L, 1L);
        assertThat(store.history(ID, "second")).extracting(MetricPoint::step).containsExactly(0L);
    }

    @Test
    void parametersThatWereRecordedAreNamedAndCannotChange() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = disk.journal(folder)) {
            RunParts parts = new RunParts(journal, InstantSource.fixed(AT), Map::of, Acknowledgement.JOURNAL);
            Run run = Run.start(parts, new RunEvent.Started(ID, AT, "e", "n"), List.of());
            Map<String, String> values = new LinkedHashMap<>();
            values.put("first", "1");
            values.put("second", "2");
            disk.room = 200; // One line has about 120 bytes.
            assertThatThrownBy(() -> run.params(values))
                    .isInstanceOf(ExperimentStoreException.class)
                    .hasMessageContaining("not to be repeated: first")
                    .hasMessageNotContaining("second");
            disk.room = Integer.MAX_VALUE;
            assertThatThrownBy(() -> run.param("first", "other")).hasMessageContaining("must not change");
            run.param("second", "3");
        }
        assertThat(new RunStore(folder).find(ID).orElseThrow().params())
                .containsExactly(Map.entry("first", "1"), Map.entry("second", "3"));
    }

    @Test
    void theNamesAboveAnArtifactAreSyncedUpToTheStore() {
        List<Path> synced = new ArrayList<>();
        RunEvent.Artifact artifact = new RunEvent.Artifact(ID, AT, "dir/a.txt", 0);
        new ArtifactStore(folder, synced::add).put(artifact, new ByteArrayInputStream(new byte[1]));
        Path artifacts = folder.resolve("artifacts");
        assertThat(synced)
                .containsExactly(artifacts.resolve(ID).resolve("dir"), artifacts.resolve(ID), artifacts, folder);
    }

    @Test
    void anInterruptedThreadStoresAnArtifact() {
        RunEvent.Artifact artifact = new RunEvent.Artifact(ID, AT, "a.txt", 0);
        Thread.currentThread().interrupt();
        long bytes = new ArtifactStore(folder).put(artifact, new ByteArrayInputStream(new byte[3]));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bytes).isEqualTo(3);
    }
}
