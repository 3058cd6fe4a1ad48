package dev.melancia.mlflow.artifact;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A file or folder among the artifacts of a run. Immutable.
 *
 * @param path inside the run, with {@code /} between segments
 * @param folder whether it is a folder
 * @param bytes length of a file; empty for a folder and where the store does not tell
 * @since 0.1.0
 */
public record ArtifactFile(String path, boolean folder, OptionalLong bytes) {

    public ArtifactFile {
        requireNonNull(path, "path");
        requireNonNull(bytes, "bytes");
    }
}
