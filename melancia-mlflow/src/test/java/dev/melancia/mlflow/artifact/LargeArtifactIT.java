package dev.melancia.mlflow.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.MlflowClient;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.ActiveRun;
import dev.melancia.mlflow.tracking.RealServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 200 MB through a heap of 64 MB, beside curl on the same server. */
class LargeArtifactIT {

    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    @Test
    void aFileLargerThanTheHeapGoesUpAndDown() throws Exception {
        RealServer server = RealServer.find();
        Path file = large();
        Path times = folder.resolve("times");
        Path fetched = Files.createDirectory(folder.resolve("fetched"));
        try (MlflowClient client = MlflowClient.connect(
                        MlflowSettings.builder(server.uri()).build());
                ActiveRun run = client.startRun("melancia-it-artifacts", "large")) {
            transfer(
                    server.uri().toString(),
                    run.id(),
                    run.experimentId(),
                    file.toString(),
                    fetched.toString(),
                    times.toString(),
                    String.valueOf(ROUNDS));
            run.artifacts().delete("large.bin");
            run.artifacts().delete("curl.bin");
        }
        assertThat(Files.mismatch(file, fetched.resolve("large.bin"))).isEqualTo(-1);
        assertThat(fetched.toFile().list()).isSubsetOf("large.bin", "curl.bin");
        // Not a bar of the test: another process may take the machine at any moment. The figures are for people.
        Files.write(
                Path.of("target", "large-artifact.txt"),
                Stream.concat(Stream.of("200 MB, ms: up, curl up, down, curl down"), Files.readAllLines(times).stream())
                        .toList());
    }

    private void transfer(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeTransfer.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    }

    private Path large() throws IOException {
        Path file = folder.resolve("source.bin");
        byte[] block = new byte[1 << 20];
        Random random = new Random(42);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 200; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }
}
