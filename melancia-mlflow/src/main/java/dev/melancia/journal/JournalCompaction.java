package dev.melancia.journal;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Rewrites the sealed segments of a journal's folder with less records that say the same. Journals may append and readers
 * read meanwhile, here and in other processes.
 *
 * <p>A segment is sealed when its writer closed or replaced it; of a writer that was killed 24 hours after its last append.
 * Damaged segments and those of a later format are left as they are, and so are compact ones.
 *
 * <p>The rule that keeps everything right at every moment, also after a kill -9 or a power loss: a compact segment is
 * written under another name, synced, and gets the name of a segment in one step. Its first record lists the segments it
 * replaces and where their records end. From then on readers take it for the originals, see {@link JournalReader}, and a
 * position behind all of these is a position behind it. The originals are deleted last; whoever compacts next deletes those
 * that were left. What a crash leaves under the other name is deleted then too. Thread-safe; one at a time works.
 *
 * @since 0.1.0
 */
public final class JournalCompaction {

    private static final int BUFFER = 1 << 16;
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> steps;

    private JournalCompaction(Path folder, InstantSource clock, Consumer<String> steps) {
        this.folder = requireNonNull(folder, "folder");
        this.clock = requireNonNull(clock, "clock");
        this.steps = steps;
    }

    /**
     * A compaction of this folder.
     *
     * @param clock the one of the file system; tells how long a segment was idle
     */
    public static JournalCompaction of(Path folder, InstantSource clock) {
        return new JournalCompaction(folder, clock, step -> {});
    }

    /** One that tells before each step that changes the folder; a test throws there. */
    static JournalCompaction withSteps(Path folder, InstantSource clock, Consumer<String> steps) {
        return new JournalCompaction(folder, clock, steps);
    }

    /**
     * Compacts what can be compacted now. May take seconds; needs space for the compact segment beside its originals, up to
     * 256 MiB of them at a time, whatever the limit of the journals.
     *
     * @param followers positions of all who must have read a record before it may be packed
     * @param packer makes a packer for each compact segment
     * @return what was done, or empty when somebody else compacts this folder, in this process or another one
     * @throws JournalException when the folder cannot be read or written; nothing is lost, and a later call goes on
     */
    public Optional<CompactionResult> run(List<JournalPosition> followers, Supplier<? extends RecordPacker> packer) {
        if (!Files.isDirectory(folder)) {
            return Optional.of(CompactionResult.NONE);
        }
        try {
            Optional<FolderLock> lock = FolderLock.tryAcquire(folder.resolve("compaction.lock"));
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(locked(followers, packer));
            } finally {
                lock.get().close();
            }
        } catch (IOException failure) {
            throw failed(failure);
        } catch (UncheckedIOException failure) {
            throw failed(new IOException(failure.getMessage(), failure));
        }
    }

    private JournalException failed(IOException failure) {
        return new JournalException("cannot compact the journal in " + folder + "; nothing is lost", failure);
    }

    private CompactionResult locked(List<JournalPosition> followers, Supplier<? extends RecordPacker> packer)
            throws IOException {
        deleteLeftovers();
        CompactionPlan plan = new CompactionPlan(folder, followers, clock.millis());
        CompactionResult result = CompactionResult.NONE;
        for (SegmentGroup group : plan.groups()) {
            result = result.plus(group, rewrite(group, packer.get()));
        }
        return result.waiting(plan.waiting());
    }

    private void deleteLeftovers() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : files) {
                steps.accept("delete unfinished");
                Files.delete(file);
            }
        }
        for (String name : SegmentName.list(folder)) {
            if (SegmentName.isCompact(name)) {
                deleteOriginals(CompactHeader.read(folder, name).replaced().keySet());
            }
        }
    }

    /** The compact segment's name must be on the device before: a power loss must not leave neither. */
    private void deleteOriginals(Iterable<String> names) throws IOException {
        boolean synced = false;
        for (String name : names) {
            Path original = folder.resolve(name);
            if (Files.exists(original)) {
                if (!synced) {
                    steps.accept("sync folder");
                    FolderSync.sync(folder);
                    synced = true;
                }
                steps.accept("delete original");
                Files.delete(original);
            }
        }
    }

    /** Returns the size of the compact segment, in bytes. */
    private long rewrite(SegmentGroup group, RecordPacker packer) throws IOException {
        Path unfinished = folder.resolve(group.compactName() + UNFINISHED);
        try {
            write(group, packer, unfinished);
        } catch (IOException | UncheckedIOException failure) {
            discard(unfinished, failure);
            throw failure;
        }
        steps.accept("rename");
        Files.move(unfinished, folder.resolve(group.compactName()), StandardCopyOption.ATOMIC_MOVE);
        steps.accept("renamed");
        deleteOriginals(group.segments().keySet());
        return folder.resolve(group.compactName()).toFile().length();
    }

    /** A disk that is full should not be fuller than before. */
    private static void discard(Path unfinished, Exception failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException again) {
            failure.addSuppressed(again);
        }
    }

    private void write(SegmentGroup group, RecordPacker packer, Path unfinished) throws IOException {
        steps.accept("write");
        try (FileOutputStream file = new FileOutputStream(unfinished.toFile())) {
            OutputStream out = new BufferedOutputStream(file, BUFFER);
            write(CompactHeader.encode(group.segments()), out);
            for (Map.Entry<String, Long> segment : group.segments().entrySet()) {
                pack(segment.getKey(), segment.getValue(), packer, json -> write(json, out));
                steps.accept("write");
            }
            packer.finish(json -> write(json, out));
            out.flush();
            file.getFD().sync();
        }
    }

    private void pack(String segment, long recordsEnd, RecordPacker packer, Consumer<byte[]> out) throws IOException {
        SegmentScanner scanner = new SegmentScanner(folder, segment, 0);
        long[] damage = new long[1];
        JournalRecord record = scanner.next((name, offset, bytes) -> damage[0]++);
        while (record != null) {
            packer.pack(record.json(), out);
            record = scanner.next((name, offset, bytes) -> damage[0]++);
        }
        if (damage[0] > 0 || scanner.recordsEnd() != recordsEnd) {
            throw new IOException("the segment " + segment + " changed while it was compacted; try again");
        }
    }

    private static void write(byte[] json, OutputStream out) {
        try {
            out.write(Frame.lines(List.of(json)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
