package dev.melancia.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Compactions that a test steps through or crashes. */
public final class Compactions {

    /** Thrown at the step where a process dies; what is on the disk then stays. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Compactions() {}

    /** One that tells before each step that changes the folder. */
    public static JournalCompaction withSteps(Path folder, Consumer<String> steps) {
        return JournalCompaction.withSteps(folder, InstantSource.fixed(Instant.EPOCH), steps);
    }

    /** A day after everything was written, as far as the file system goes. */
    static InstantSource tomorrow() {
        return InstantSource.offset(InstantSource.system(), Duration.ofHours(25));
    }

    /** Keeps every record. */
    static Supplier<RecordPacker> keepAll() {
        return () -> new RecordPacker() {
            @Override
            public void pack(byte[] record, Consumer<byte[]> out) {
                out.accept(record);
            }

            @Override
            public void finish(Consumer<byte[]> out) {}
        };
    }

    static Optional<CompactionResult> run(Path folder, JournalPosition... followers) {
        return JournalCompaction.of(folder, InstantSource.system()).run(List.of(followers), keepAll());
    }

    /** Gives the closed segments of this process to one that is dead. */
    public static String ofDeadWriter(String segment) {
        long own = ProcessHandle.current().pid();
        return segment.replace("-" + own + "-", "-" + JournalTest.deadPid() + "-");
    }
}
