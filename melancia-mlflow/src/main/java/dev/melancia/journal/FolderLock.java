package dev.melancia.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to do something alone, such as to upload or to compact a folder: a file lock, which the system frees when
 * its process dies. Thread-safe.
 *
 * <p>A file lock belongs to the process, and on Linux closing any channel on the file frees it. So a second uploader in
 * this process must not even open the file: the set below is the part of the lock that is within the process.
 *
 * @since 0.1.0
 */
public final class FolderLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * The lock, or empty while somebody else has it, in this process or another one.
     *
     * @param file is created, with its folder, and stays when the lock is freed
     * @throws IOException when the file cannot be used
     */
    public static Optional<FolderLock> tryAcquire(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path real = Files.createDirectories(folder == null ? file : folder)
                .toRealPath()
                .resolve(file.getFileName());
        if (!HELD_HERE.add(real)) {
            return Optional.empty();
        }
        boolean acquired = false;
        try {
            FileChannel channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                acquired = channel.tryLock() != null;
                return acquired ? Optional.of(new FolderLock(real, channel)) : Optional.empty();
            } finally {
                if (!acquired) {
                    channel.close();
                }
            }
        } finally {
            if (!acquired) {
                HELD_HERE.remove(real);
            }
        }
    }

    /** Frees the lock. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
