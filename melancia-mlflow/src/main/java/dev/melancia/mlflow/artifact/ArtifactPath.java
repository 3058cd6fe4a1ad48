package dev.melancia.mlflow.artifact;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowApi;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which paths may be sent, and which may be believed when a server sends them. */
final class ArtifactPath {

    private static final String NOBODY = "0".repeat(32);

    private ArtifactPath() {}

    /** Throws IllegalArgumentException for what the server refuses or would store under another name. */
    static String checked(String path) {
        return new RunEvent.Artifact(NOBODY, Instant.EPOCH, path, 0).path();
    }

    static String joined(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** With every segment percent-encoded. */
    static String encoded(String path) {
        return Arrays.stream(path.split("/", -1)).map(MlflowApi::encode).collect(Collectors.joining("/"));
    }

    /** Path of a local file below a local folder, as an artifact path. */
    static String of(Path below) {
        StringBuilder path = new StringBuilder();
        for (Path segment : below) {
            path.append(path.isEmpty() ? "" : "/").append(segment);
        }
        return path.toString();
    }

    /**
     * Where a path from a server lies below a local folder; empty when it would lie outside, or could: a server must not
     * choose which files of ours are written over.
     */
    static Optional<Path> below(Path folder, String path) {
        boolean odd = path.isEmpty()
                || path.startsWith("/")
                || path.indexOf('\0') >= 0
                || Arrays.stream(path.split("/", -1)).anyMatch(ArtifactPath::leads);
        if (odd) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(path);
            Path whole = folder.toAbsolutePath().normalize();
            Path place = file.toAbsolutePath().normalize();
            return place.startsWith(whole) && !place.equals(whole) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException notOnThisSystem) {
            return Optional.empty();
        }
    }

    /** Whether a segment leads somewhere on some system: up, here, or by the separators of Windows and its drives. */
    private static boolean leads(String segment) {
        return segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.indexOf('\\') >= 0
                || segment.matches("[A-Za-z]:.*");
    }
}
