package dev.melancia.mlflow.artifact;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a small heap that stores and fetches a large file, in turn with curl where there is one. It writes a line
 * of milliseconds for each round: up, up with curl, down, down with curl.
 */
final class LargeTransfer {

    static final Path CURL = Path.of("/usr/bin/curl");

    private final String server;
    private final Artifacts artifacts;
    private final String url;
    private final Path source;
    private final Path target;

    private LargeTransfer(String[] arguments, MlflowApi api) {
        this.server = arguments[0];
        this.artifacts = Artifacts.of(api, arguments[1]);
        this.url = server + "/api/2.0/mlflow-artifacts/artifacts/" + arguments[2] + "/" + arguments[1]
                + "/artifacts/curl.bin";
        this.source = Path.of(arguments[3]);
        this.target = Path.of(arguments[4]);
    }

    // Arguments: server, run id, experiment id, file, folder to fetch into, file for the times, how often
    public static void main(String[] arguments) throws Exception {
        List<String> times = new ArrayList<>();
        try (MlflowApi api = MlflowApi.connect(
                MlflowSettings.builder(URI.create(arguments[0])).build())) {
            LargeTransfer transfer = new LargeTransfer(arguments, api);
            for (int i = 0; i < Integer.parseInt(arguments[6]); i++) {
                times.add(transfer.round());
            }
        }
        Files.write(Path.of(arguments[5]), times);
    }

    private interface Step {
        void run() throws Exception;
    }

    private String round() throws Exception {
        long up = millis(() -> artifacts.put("large.bin", source));
        long curlUp = millis(() -> curl("-T", source.toString(), url));
        long down = millis(() -> artifacts.download("large.bin", target));
        long curlDown = millis(() -> curl("-o", target.resolve("curl.bin").toString(), url));
        return up + " " + curlUp + " " + down + " " + curlDown;
    }

    private static void curl(String... arguments) throws IOException, InterruptedException {
        if (!Files.isExecutable(CURL)) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(CURL.toString(), "-sS", "-f"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("curl failed");
        }
    }

    private static long millis(Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
