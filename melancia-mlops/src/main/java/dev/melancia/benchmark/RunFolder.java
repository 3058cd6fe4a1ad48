package dev.melancia.benchmark;

import dev.melancia.MelanciaException;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a run: {@code run.json} says what is run, the journal's segments what came of it, {@code run.lock} keeps a
 * second process out, {@code run.reserve} keeps some space for paid answers. Confined to one thread; its log is thread-safe.
 */
final class RunFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);
    private static final String HEADER = "run.json";
    private static final String LOCK = "run.lock";

    private final Path folder;
    private final RandomAccessFile lock;
    private final Journal journal;
    private final RunHeader header;
    private final KeptRun kept;
    private final RunLog log;
    private final Reserve reserve;

    private RunFolder(Path folder, RandomAccessFile lock, RunHeader header, Journal journal) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.header = header;
        this.journal = journal;
        reserve = new Reserve(folder);
        reserve.take();
        kept = RunReader.read(folder, header.dataset().questions());
        log = new FolderLog(journal, reserve, kept.scores());
    }

    /** Begins the run, or goes on with it, if it is the same. */
    static RunFolder open(Path folder, RunHeader wanted, Function<Path, Journal> journals) {
        return locked(folder, lock -> {
            RunHeader before = header(folder);
            RunHeader header = before == null ? wanted : sameRun(folder, before, wanted);
            write(folder, header);
            return new RunFolder(folder, lock, header, journals.apply(folder));
        });
    }

    /** Goes on with a run in order to score it. */
    static RunFolder open(Path folder) {
        return locked(folder, lock -> new RunFolder(folder, lock, existing(folder), Journal.open(folder)));
    }

    /** What a folder holds, without keeping others out. */
    static RunHeader existing(Path folder) {
        try {
            RunHeader header = header(folder);
            if (header == null) {
                throw new MelanciaException("there is no benchmark run in " + folder + ": no " + HEADER
                        + "; give the folder that Benchmark.Builder.folder was given");
            }
            return header;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    RunHeader header() {
        return header;
    }

    KeptRun kept() {
        return kept;
    }

    RunLog log() {
        return log;
    }

    /** Syncs the journal and lets others in; a call that answers later is not kept. */
    @Override
    public void close() {
        reserve.release();
        // An interrupt would close the channel that syncs the folder's names.
        boolean interrupted = Thread.interrupted();
        try (lock;
                journal) {
            journal.flush();
        } catch (JournalException | IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("folder", folder)
                    .log("the journal of a benchmark run could not be synced; its records are safe from a crash of this"
                            + " process, not from a power loss");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RunFolder locked(Path folder, Opening opening) {
        RandomAccessFile lock = null;
        try {
            Files.createDirectories(folder);
            lock = new RandomAccessFile(folder.resolve(LOCK).toFile(), "rw");
            if (lock.getChannel().tryLock() == null) {
                throw inUse(folder);
            }
            return opening.with(lock);
        } catch (OverlappingFileLockException e) {
            throw closing(lock, inUse(folder));
        } catch (IOException e) {
            throw closing(lock, unusable(folder, e));
        } catch (RuntimeException e) {
            throw closing(lock, e);
        }
    }

    private static RuntimeException closing(@Nullable RandomAccessFile lock, RuntimeException error) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            error.addSuppressed(e);
        }
        return error;
    }

    private static MelanciaException inUse(Path folder) {
        return new MelanciaException("the run in " + folder
                + " is in use; wait until that process has ended, or give this one another folder");
    }

    private static MelanciaException unusable(Path folder, IOException e) {
        return new MelanciaException(
                "the folder of the run, " + folder + ", cannot be used: "
                        + e.getClass().getSimpleName() + ": "
                        + e.getMessage() + "; it must be a writable folder with " + (Reserve.BYTES >> 20)
                        + " MiB of free space",
                e);
    }

    private static @Nullable RunHeader header(Path folder) throws IOException {
        Path file = folder.resolve(HEADER);
        return Files.exists(file) ? RunHeader.read(Files.readString(file), file.toString()) : null;
    }

    private static RunHeader sameRun(Path folder, RunHeader before, RunHeader wanted) {
        List<String> differences = before.differences(wanted);
        if (!differences.isEmpty()) {
            throw new MelanciaException("the run in " + folder + " is another one: " + String.join(", ", differences)
                    + "; run it as it was begun, or give this one another folder");
        }
        return wanted.startedAt(before.startedAt());
    }

    /** As a whole or not at all. */
    private static void write(Path folder, RunHeader header) throws IOException {
        Path fresh = folder.resolve(HEADER + ".new");
        Files.write(fresh, header.json().getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, folder.resolve(HEADER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is done under the lock. */
    private interface Opening {
        RunFolder with(RandomAccessFile lock) throws IOException;
    }
}
