package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** A journal on a disk that can be told to fill up; it stands in this package because the seam is hidden. */
public final class NarrowDisk {

    private IntSupplier room = () -> Integer.MAX_VALUE;

    /** How many bytes of a write the disk takes from now on before it refuses. */
    public void room(int bytes) {
        room = () -> bytes;
    }

    /** The same, asked at each write. */
    public void room(IntSupplier bytes) {
        room = bytes;
    }

    /** A journal on this disk. */
    public Journal journal(Path folder) {
        return new Journal(folder, 1 << 20, InstantSource.system(), this::create);
    }

    private SegmentFile create(Path file) throws IOException {
        SegmentFile disk = DiskSegmentFile.create(file);
        return new SegmentFile() {
            @Override
            public void write(byte[] bytes) throws IOException {
                int taken = Math.min(room.getAsInt(), bytes.length);
                disk.write(Arrays.copyOf(bytes, taken));
                if (taken < bytes.length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public long length() throws IOException {
                return disk.length();
            }

            @Override
            public void sync() throws IOException {
                disk.sync();
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }
}
