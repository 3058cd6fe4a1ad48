package dev.melancia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A file of 200 MB on its way to the server: by {@link ArtifactSender}, a JVM of 64 MB, and by curl, alternately. What is
 * compared is the way over the network; the copy into the local store, which curl does not make, is shown beside it. The
 * bar of the heap is the JVM's own: with more it ends, and so does the measurement.
 */
final class ArtifactRace implements TrackingSpeed.Part {

    private static final int MEGABYTES = 200;
    private static final int ROUNDS = 5;
    private static final double BAR_RATIO = 1.3;

    private final TrackingSettings settings;

    ArtifactRace(TrackingSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Check> measure() throws IOException, InterruptedException {
        Path file = file();
        JsonNode run = new RawMlflow(settings.server().orElseThrow()).createRun();
        String target = settings.server().orElseThrow()
                + run.path("artifact_uri").asText().replace("mlflow-artifacts:", "/api/2.0/mlflow-artifacts/artifacts")
                + "/large.bin";
        List<Double> copies = new ArrayList<>();
        List<Double> uploads = new ArrayList<>();
        List<Double> curls = new ArrayList<>();
        double heap = 0;
        Process child = child(file);
        try (OutputStream go = child.getOutputStream();
                BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            for (int i = -1; i < ROUNDS; i++) {
                go.write('\n');
                go.flush();
                String line = said.readLine();
                if (line == null) {
                    throw new IOException("the JVM of 64 MB ended before it had sent the file");
                }
                String[] figures = line.split(" ", -1);
                double curl = curl(file, target);
                if (i >= 0) {
                    copies.add(Double.parseDouble(figures[0]));
                    uploads.add(Double.parseDouble(figures[1]));
                    curls.add(curl);
                }
                heap = Double.parseDouble(figures[2]);
            }
        } finally {
            child.destroy();
        }
        TrackingSpeed.say("seconds, upload " + shown(uploads) + ", copy into the store " + shown(copies));
        TrackingSpeed.say("seconds, curl   " + shown(curls));
        double ratio = DrainRace.median(uploads) / DrainRace.median(curls);
        return List.of(
                new Check(
                        "artifact of 200 MB, seconds to copy it into the store", DrainRace.median(copies), Double.NaN),
                new Check("artifact of 200 MB, seconds to upload it", DrainRace.median(uploads), Double.NaN),
                new Check("artifact of 200 MB, seconds of curl", DrainRace.median(curls), Double.NaN),
                new Check("artifact of 200 MB, upload / curl", ratio, BAR_RATIO),
                new Check("artifact of 200 MB, greatest heap of a JVM of 64 MB, at most", heap, Double.NaN));
    }

    private Path file() throws IOException {
        Path file = settings.folder().resolve("large.bin");
        SplittableRandom random = new SplittableRandom(3);
        byte[] megabyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(megabyte);
                out.write(megabyte);
            }
        }
        return file;
    }

    private Process child(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArtifactSender.class.getName(),
                        settings.server().orElseThrow().toString(),
                        settings.folder().resolve("artifact").toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static double curl(Path file, String target) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process curl = new ProcessBuilder("curl", "--silent", "--fail", "--upload-file", file.toString(), target)
                .inheritIO()
                .start();
        if (curl.waitFor() != 0) {
            throw new IOException("curl ended with " + curl.exitValue());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static String shown(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .toList()
                .toString();
    }
}
