package dev.melancia.experiment;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that cannot be written for a while. */
final class ReadOnly {

    private ReadOnly() {}

    /** Skips the test where the user may write everywhere, as root in a container does. */
    static void during(Path folder, Runnable action) {
        File file = folder.toFile();
        assumeTrue(file.setWritable(false), "this file system has no read-only folders");
        try {
            assumeTrue(!Files.isWritable(folder), "this user may write to read-only folders");
            action.run();
        } finally {
            assertTrue(file.setWritable(true), "folder is writable again");
        }
    }
}
