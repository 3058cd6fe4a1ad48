package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A disk that takes {@code room} more bytes of a write and then refuses, and that may refuse to sync. */
public final class FillingDisk implements SegmentFile.Opener {

    /** How many bytes a write takes from now on. */
    public int room = Integer.MAX_VALUE;

    boolean syncFails;
    int syncs;
    int open;
    final List<Path> syncedNames = new ArrayList<>();

    /** A journal on this disk. */
    public Journal journal(Path folder) {
        return new Journal(folder, 1 << 20, InstantSource.system(), this);
    }

    @Override
    public void syncNames(Path folder) throws IOException {
        syncedNames.add(folder);
        FolderSync.sync(folder);
    }

    @Override
    public SegmentFile create(Path file) throws IOException {
        SegmentFile disk = DiskSegmentFile.create(file);
        open++;
        return new SegmentFile() {
            @Override
            public void write(byte[] bytes) throws IOException {
                if (bytes.length > room) {
                    disk.write(Arrays.copyOf(bytes, room));
                    throw new IOException("No space left on device");
                }
                disk.write(bytes);
            }

            @Override
            public long length() throws IOException {
                return disk.length();
            }

            @Override
            public void sync() throws IOException {
                if (syncFails) {
                    throw new IOException("Input/output error");
                }
                syncs++;
                disk.sync();
            }

            @Override
            public void close() throws IOException {
                open--;
                disk.close();
            }
        };
    }
}
