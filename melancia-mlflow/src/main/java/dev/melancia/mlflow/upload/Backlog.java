package dev.melancia.mlflow.upload;

import dev.melancia.journal.JournalPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much of a journal lies behind what the state says was delivered, by whichever uploader. Immutable. */
record Backlog(Path store, Path stateFile) {

    OptionalLong bytes() {
        if (!Files.isDirectory(store)) {
            return OptionalLong.of(0);
        }
        try (Stream<Path> files = Files.list(store)) {
            JournalPosition position = UploadState.load(stateFile).position();
            return OptionalLong.of(files.filter(file -> file.toString().endsWith(".jsonl"))
                    .mapToLong(file -> waiting(file, position))
                    .sum());
        } catch (IOException | UncheckedIOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static long waiting(Path segment, JournalPosition position) {
        long offset = position.offset(String.valueOf(segment.getFileName()));
        return Math.max(0, segment.toFile().length() - offset);
    }
}
