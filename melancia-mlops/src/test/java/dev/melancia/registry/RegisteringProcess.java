package dev.melancia.registry;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A Java process that registers versions until it is killed, and tells each one that was acknowledged. */
final class RegisteringProcess {

    private final Process process;
    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread listener;
    private final CountDownLatch awaited;

    private RegisteringProcess(Process process, int count) {
        this.process = process;
        this.awaited = new CountDownLatch(count);
        this.listener = new Thread(this::listen);
    }

    static RegisteringProcess start(Path folder, String model, int count) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegisteringProcess.class.getName(),
                        folder.toString(),
                        model)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        RegisteringProcess started = new RegisteringProcess(process, count);
        started.listener.start();
        return started;
    }

    /** A line that was cut by the kill is no acknowledgement. */
    private void listen() {
        try (Reader out = process.inputReader(StandardCharsets.US_ASCII)) {
            StringBuilder line = new StringBuilder();
            for (int c = out.read(); c >= 0; c = out.read()) {
                if (c == '\n') {
                    acknowledged.add(Integer.parseInt(line.toString().strip()));
                    line.setLength(0);
                    awaited.countDown();
                } else {
                    line.append((char) c);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void awaitAcknowledged() throws InterruptedException {
        if (!awaited.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("only " + acknowledged.size() + " versions in 60 s");
        }
    }

    void kill() {
        process.toHandle().destroyForcibly(); // Unlike the process's own method, this leaves the pipe open.
        try {
            process.waitFor();
            listener.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    List<Integer> acknowledged() {
        return acknowledged;
    }

    @SuppressWarnings("InfiniteLoopStatement") // Ends when it is killed.
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ModelRegistry registry = ModelRegistry.local(Path.of(args[0]));
        Registration registration = Registration.ofSource(args[1], "s3://b/m").build();
        while (true) {
            out.println(registry.register(registration, ChangeNote.by("process", ""))
                    .version());
        }
    }
}
