package dev.melancia.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    Path folder;

    @Test
    void aFailedAttemptLeavesNoFileOpen() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "needs /proc to count open files");
        Path file = folder.toRealPath().resolve("lock");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> FolderLock.tryAcquire(file)).isInstanceOf(OverlappingFileLockException.class);
            assertThat(timesOpen(file)).isEqualTo(1);
        }
    }

    private static long timesOpen(Path file) throws IOException {
        try (var links = Files.list(OPEN_FILES)) {
            return links.filter(link -> leadsTo(link, file)).count();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
