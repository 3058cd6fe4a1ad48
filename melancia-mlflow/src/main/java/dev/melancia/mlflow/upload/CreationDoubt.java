package dev.melancia.mlflow.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers in a file that the creation of a run is under way or ended without an answer, so that a process that was killed
 * in the middle leaves word to the next one. One creation at a time. Confined to one thread.
 */
final class CreationDoubt {

    private static final int LONGEST = 100;

    private final Path file;
    private String runId = "";
    private boolean read;

    CreationDoubt(Path file) {
        this.file = file;
    }

    /** Whether an earlier creation of this run may have been carried out, or may still be. */
    boolean about(String run) {
        if (!read) {
            runId = load();
            read = true;
        }
        return runId.equals(run);
    }

    void begin(String run) {
        try {
            Files.writeString(file, run, StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot note that a run is being created", failure);
        }
        read = true;
        runId = run;
    }

    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot note that a run was created", failure);
        }
        runId = "";
    }

    private String load() {
        try {
            return Files.exists(file) && Files.size(file) <= LONGEST
                    ? Files.readString(file, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read which run is being created", failure);
        }
    }
}
