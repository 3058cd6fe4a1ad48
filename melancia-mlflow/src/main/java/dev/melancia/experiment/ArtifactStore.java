package dev.melancia.experiment;

import dev.melancia.journal.FolderSync;
import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.RunEvent;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Puts artifact files into the store: a file appears under its name when it is complete and on the device. */
final class ArtifactStore {

    private final Path folder;
    private final NameSync folders;

    ArtifactStore(Path folder) {
        this(folder, FolderSync::sync);
    }

    ArtifactStore(Path folder, NameSync folders) {
        this.folder = folder;
        this.folders = folders;
    }

    /** Brings the names in a folder to the device; the seam where a test looks on. */
    interface NameSync {
        void sync(Path directory) throws IOException;
    }

    /** Stores the content and returns its length in bytes; replaces what stood under the path. */
    long put(RunEvent.Artifact artifact, InputStream content) {
        Path file = ArtifactFolder.file(folder, artifact);
        try {
            Path incoming = Files.createDirectories(folder.resolve("artifacts").resolve(".incoming"));
            Path part = incoming.resolve(UUID.randomUUID().toString());
            try {
                long bytes = write(part, content);
                Files.createDirectories(parent(file));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                syncNames(file);
                return bytes;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failure) {
            throw new ExperimentStoreException(
                    "cannot store the artifact " + artifact.path() + " in " + folder + "; it was not recorded: "
                            + failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                    failure);
        }
    }

    /** The names are in the folders, down from the store, and a power cut could lose them although the content is there. */
    private void syncNames(Path file) throws IOException {
        for (Path above = parent(file); above.startsWith(folder); above = parent(above)) {
            folders.sync(above);
            if (above.equals(folder)) {
                return;
            }
        }
    }

    private static long write(Path part, InputStream content) throws IOException {
        // A stream on a file, not Files.newOutputStream: that one fails when the thread is interrupted.
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
            long bytes = content.transferTo(out);
            out.getFD().sync();
            return bytes;
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
