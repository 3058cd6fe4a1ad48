package dev.melancia.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file that takes space as long as there is some, so that the answers under way can still be written when the disk is
 * full: they are paid for. Thread-safe.
 */
final class Reserve {

    /** Some 60 answers of the longest usual kind. */
    static final int BYTES = 4 << 20;

    private static final String NAME = "run.reserve";

    private final Path file;

    Reserve(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /**
     * Takes the space, unless it is taken.
     *
     * @throws IOException when there is not enough
     */
    void take() throws IOException {
        if (Files.exists(file) && Files.size(file) == BYTES) {
            return;
        }
        byte[] noise = new byte[BYTES];
        // Some file systems keep no space for zeros; what the noise is does not matter.
        new SplittableRandom(BYTES).nextBytes(noise);
        try {
            Files.write(file, noise);
        } catch (IOException full) {
            release();
            throw full;
        }
    }

    /** Gives the space back. */
    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // The disk is as full as before, which the next append tells.
            return;
        }
    }
}
