package dev.melancia.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs were recorded. */
final class RunsFolder {

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "melancia-runs",
            description = "Where the runs were recorded; default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    Path existing() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return folder;
    }
}
