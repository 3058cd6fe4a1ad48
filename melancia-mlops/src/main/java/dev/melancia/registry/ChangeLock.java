package dev.melancia.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One change of a folder at a time: a lock within this process, then one of the file system, which frees it when its
 * process dies.
 *
 * <p>A file lock belongs to the process, and on Linux closing any channel on the file frees it. So only the holder of the
 * lock within the process may open the file: the map below is that part of the lock, shared by all registries here.
 */
final class ChangeLock {

    private static final ConcurrentMap<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();
    private static final long PAUSE_NANOS = 2_000_000;
    private static final int TRIES = 5_000;

    private final Path folder;

    ChangeLock(Path folder) {
        this.folder = folder;
    }

    <T> T locked(Supplier<T> change) {
        Path file = file();
        ReentrantLock here = HERE.computeIfAbsent(file, path -> new ReentrantLock());
        here.lock();
        try {
            return exclusively(file, change);
        } finally {
            here.unlock();
        }
    }

    private <T> T exclusively(Path file, Supplier<T> change) {
        // Channels are closed under the hands of a thread that is interrupted, and a host interrupts what it gives up.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            acquire(channel);
            return change.get();
        } catch (IOException failure) {
            throw new RegistryException(
                    "cannot lock the registry in " + folder + "; the folder must be writable and of a file system with"
                            + " locks",
                    failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path file() {
        try {
            return Files.createDirectories(folder).toRealPath().resolve("registry.lock");
        } catch (IOException failure) {
            throw new RegistryException("cannot create the registry's folder " + folder, failure);
        }
    }

    /** The lock lasts until the channel is closed. Not a wait without end: the other process may be stopped. */
    private void acquire(FileChannel channel) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            if (tryLock(channel) != null) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new RegistryException(
                "the registry in " + folder
                        + " was being changed by another process the whole time, for more than 10 s;"
                        + " try again, or look for a process that is stopped",
                null);
    }

    /** Overlapping: another copy of this class, of another class loader, has it. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }
}
