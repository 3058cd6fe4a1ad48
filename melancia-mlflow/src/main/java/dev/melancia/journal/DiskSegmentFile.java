package dev.melancia.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A segment on disk. A {@link RandomAccessFile} used through its stream calls, not a FileChannel: a channel is closed
 * when the writing thread is interrupted, and hosts interrupt the threads of calls they give up.
 */
final class DiskSegmentFile implements SegmentFile {

    private final RandomAccessFile file;

    private DiskSegmentFile(RandomAccessFile file) {
        this.file = file;
    }

    static SegmentFile create(Path path) throws IOException {
        Files.createFile(path);
        return new DiskSegmentFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        file.write(bytes);
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
