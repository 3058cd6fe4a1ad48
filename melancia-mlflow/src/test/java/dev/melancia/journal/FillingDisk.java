package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that takes {@code room} more bytes of a write and then refuses, and that may refuse to sync. */
final class FillingDisk implements SegmentFile.Opener {

    int room = Integer.MAX_VALUE;
    boolean syncFails;
    int syncs;
    int open;

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
