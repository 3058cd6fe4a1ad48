package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a synchronous tracker whose server does not answer in time. */
class LateServerTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private boolean late;
    private Journal journal;
    private RunParts parts;

    @BeforeEach
    void open() {
        journal = Journal.open(folder);
        parts = new RunParts(journal, InstantSource.fixed(AT), Map::of, (run, events) -> {
            if (late) {
                throw NotDeliveredException.late("something", "no answer");
            }
        });
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Run start() {
        return Run.start(parts, new RunEvent.Started(ID, AT, "e", "n"), List.of());
    }

    @Test
    void aRunWhoseStartIsLateIsEndedAndCanBeResumed() {
        late = true;
        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        NotDeliveredException.class,
                        thrown -> assertThat(thrown.runId()).isEqualTo(ID));
        RunStore store = new RunStore(folder);
        assertThat(store.find(ID).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
        assertThatThrownBy(() -> Run.resume(parts, store.resumable(ID))).isInstanceOf(NotDeliveredException.class);
        assertThat(store.find(ID).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
        late = false;
        Run.resume(parts, store.resumable(ID)).metric("m", 1);
        assertThat(store.find(ID).orElseThrow().metrics()).containsKey("m");
    }

    @Test
    void everyLateCallNamesItsRun() {
        Run run = start();
        late = true;
        assertThatThrownBy(() -> run.metric("m", 1))
                .isInstanceOfSatisfying(
                        NotDeliveredException.class,
                        thrown -> assertThat(thrown.runId()).isEqualTo(ID));
    }

    @Test
    void tablesThatDidNotArriveInTimeAreListedWithTheNextOne() {
        Run run = start();
        late = true;
        assertThatThrownBy(() -> run.table("first.json", List.of("a"), List.of()))
                .isInstanceOf(NotDeliveredException.class);
        late = false;
        run.table("second.json", List.of("a"), List.of());
        RecordedRun read = new RunStore(folder).find(ID).orElseThrow();
        assertThat(read.tags().get("mlflow.loggedArtifacts")).contains("first.json", "second.json");
    }
}
