package dev.melancia.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The machine and its load around a run. */
final class Environment {

    static final String FILE = "environment.txt";

    private final String what;
    private final Instant start = Instant.now();
    private final double loadBefore = load();

    private Environment(String what) {
        this.what = what;
    }

    static Environment before(String what) {
        return new Environment(what);
    }

    /** Writes it down at the end of the run. */
    void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), lines());
    }

    List<String> lines() {
        return List.of(
                "Run: " + what + ", " + start.truncatedTo(ChronoUnit.MINUTES) + " to "
                        + Instant.now().truncatedTo(ChronoUnit.MINUTES),
                "Machine: " + processor() + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                String.format(Locale.ROOT, "Load average of a minute: %.1f before, %.1f after", loadBefore, load()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processor() {
        Path linux = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(linux)) {
            return System.getProperty("os.arch");
        }
        try {
            return Files.readAllLines(linux).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
