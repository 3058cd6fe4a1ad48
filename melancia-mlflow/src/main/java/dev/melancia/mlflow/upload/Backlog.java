package dev.melancia.mlflow.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much of a journal lies behind what the state says was delivered, by whichever uploader. Immutable. */
record Backlog(Path store, Path stateFile) {

    OptionalLong bytes() {
        try {
            return OptionalLong.of(UploadState.positionIn(stateFile).unreadBytes(store));
        } catch (IOException | UncheckedIOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
