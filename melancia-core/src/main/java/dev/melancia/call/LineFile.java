package dev.melancia.call;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows at its end. A line that an earlier writer, or a full disk, left torn is ended first; a file
 * that was moved, deleted or replaced under it is opened anew. Confined to one thread, but for {@link #close}.
 */
final class LineFile implements LineSink {

    private final Path path;
    private volatile FileChannel channel;
    private volatile boolean closed;
    private boolean torn;
    private @Nullable Object key;

    LineFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        this.key = key(this.path);
        this.channel = open(this.path);
        this.torn = endsWithinALine(this.path);
    }

    @Override
    public void append(String lines) throws IOException {
        if (!closed && (!channel.isOpen() || isReplaced())) {
            channel.close();
            key = key(path); // before it is opened: what happens in between costs an opening, and no line
            channel = open(path);
            torn = endsWithinALine(path);
        }
        // getBytes replaces what is not Unicode; an encoder would refuse the line and all after it.
        ByteBuffer bytes = ByteBuffer.wrap((torn ? "\n" + lines : lines).getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            torn = bytes.position() == 0 ? torn : bytes.get(bytes.position() - 1) != '\n';
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }

    /** Log rotation may put a new file at the path at once: its existence says little. */
    private boolean isReplaced() throws IOException {
        return !Files.exists(path) || !Objects.equals(key, key(path));
    }

    /** What identifies the file at a path; null where the file system does not say. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null; // not made yet, or moved away this very moment: the next append opens it once more
        }
    }

    private static FileChannel open(Path path) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static boolean endsWithinALine(Path path) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) == 0) {
            return false;
        }
        try (SeekableByteChannel end = Files.newByteChannel(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            end.position(end.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }
}
