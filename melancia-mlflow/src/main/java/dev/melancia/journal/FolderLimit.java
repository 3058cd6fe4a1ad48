package dev.melancia.journal;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Path;

/**
 * What the files of a folder may take. The folder is measured each time a quarter of what was left is written, at least
 * 64 KiB of it, and while appends are refused once a second. Confined to the journal's lock.
 */
final class FolderLimit {

    private static final long LEAST_GRANT = 64 << 10;
    private static final long PAUSE_MILLIS = 1_000;

    private final Path folder;
    private final long bytes;
    private long granted;
    private long taken;
    private boolean refusing;
    private long refusedAtMillis;

    FolderLimit(Path folder, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("limitBytes must be at least 1, was " + bytes);
        }
        this.folder = requireNonNull(folder, "folder");
        this.bytes = bytes;
    }

    Path folder() {
        return folder;
    }

    long bytes() {
        return bytes;
    }

    /** As measured last. */
    long taken() {
        return taken;
    }

    /** Whether these bytes may be written; they count as written then. */
    boolean admits(int wanted, long nowMillis) {
        if (wanted > granted && !grant(wanted, nowMillis)) {
            return false;
        }
        granted -= wanted;
        return true;
    }

    private boolean grant(int wanted, long nowMillis) {
        long since = nowMillis - refusedAtMillis;
        if (refusing && since >= 0 && since < PAUSE_MILLIS) {
            return false;
        }
        taken = measure();
        long left = bytes - taken;
        refusing = wanted > left;
        refusedAtMillis = nowMillis;
        granted = refusing ? 0 : Math.min(left, Math.max(wanted, Math.max(left / 4, LEAST_GRANT)));
        return !refusing;
    }

    private long measure() {
        File[] files = folder.toFile().listFiles(File::isFile);
        long sum = 0;
        for (File file : files == null ? new File[0] : files) {
            sum += file.length();
        }
        return sum;
    }
}
