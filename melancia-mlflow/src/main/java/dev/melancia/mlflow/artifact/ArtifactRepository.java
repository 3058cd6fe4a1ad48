package dev.melancia.mlflow.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A store of artifacts that is spoken to directly, for servers that do not hand artifacts on: one object for each scheme
 * of artifact URIs, such as {@code s3}. A server started with {@code --serve-artifacts}, which is the default, needs none.
 *
 * <p>Paths that come here are checked: relative, with {@code /} between segments, none of them empty, {@code .} or
 * {@code ..}. A file appears under its path when it is complete. Must be thread-safe.
 *
 * @since 0.1.0
 */
public interface ArtifactRepository {

    /**
     * Stores a file; replaces what stood there.
     *
     * @param root artifact URI of the run, such as {@code s3://bucket/1/<run>/artifacts}
     * @throws IOException when the store refuses or cannot be reached
     */
    void put(String root, String path, Path file) throws IOException;

    /**
     * Stores a few bytes; replaces what stood there. By default by way of a temporary file.
     *
     * @throws IOException as {@link #put(String, String, Path)}
     */
    default void put(String root, String path, byte[] content) throws IOException {
        Path file = Files.createTempFile("melancia-", ".artifact");
        try {
            put(root, path, Files.write(file, content));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Fetches a file.
     *
     * @param file written over; may be left incomplete when this throws
     * @throws IOException also when there is no such file in the store
     */
    void fetch(String root, String path, Path file) throws IOException;

    /**
     * Fetches a few bytes. By default by way of a temporary file.
     *
     * @throws IOException as {@link #fetch(String, String, Path)}
     */
    default byte[] fetch(String root, String path) throws IOException {
        Path file = Files.createTempFile("melancia-", ".artifact");
        try {
            fetch(root, path, file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * What stands directly in a folder; empty when there is no such folder.
     *
     * @param folder empty for the root
     * @return with paths from the root
     * @throws IOException when the store refuses or cannot be reached
     */
    List<ArtifactFile> list(String root, String folder) throws IOException;

    /**
     * Deletes a file, or a folder with what is in it; nothing when there is none.
     *
     * @throws IOException when the store refuses or cannot be reached
     */
    void delete(String root, String path) throws IOException;
}
