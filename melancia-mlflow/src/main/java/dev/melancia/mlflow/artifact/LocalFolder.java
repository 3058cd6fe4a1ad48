package dev.melancia.mlflow.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Files on this side. */
final class LocalFolder {

    private LocalFolder() {}

    /** Files of a folder by their artifact path, all of them checked. */
    static Map<String, Path> files(String path, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("artifacts \"" + path + "\" must come from a folder, was " + folder);
        }
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                String below = ArtifactPath.of(folder.relativize(file));
                files.put(ArtifactPath.checked(ArtifactPath.joined(path, below)), file);
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    interface Content {
        void writeTo(Path part) throws IOException;
    }

    /** Lets a file appear when its content is complete. The part stands beside it, as a move among devices is a copy. */
    static Path appear(Path target, Content content) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("no file can stand at " + target);
        }
        Path part = Files.createDirectories(parent).resolve(".melancia-" + UUID.randomUUID() + ".part");
        try {
            content.writeTo(part);
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
