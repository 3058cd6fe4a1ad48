package dev.melancia.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real model server that belongs to one test, which may kill it or make it hang: a process of its own on a free port,
 * started by a script of {@code dev/servers}. {@link #close} leaves no process behind. Needs {@link RealServers#SCRIPTS}
 * and a POSIX system; the first start may build the server, which takes minutes. Not for production code. Confined to one
 * thread.
 *
 * @since 0.1.0
 */
final class OwnServer implements AutoCloseable {

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(20);
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration GOOD_END = Duration.ofSeconds(2);
    private static final Pattern STARTED = Pattern.compile("url=(\\S+) pid=(\\d+)");
    private static final int CONNECT_MILLIS = 500;

    private final URI address;
    private final ProcessHandle server;
    private final Path logs;
    private final Set<ProcessHandle> family = ConcurrentHashMap.newKeySet();

    private OwnServer(URI address, ProcessHandle server, Path logs) {
        this.address = address;
        this.server = server;
        this.logs = logs;
    }

    /**
     * An Ollama with the models {@code tiny}, {@code other} and {@code slow}, none of them loaded.
     *
     * @param environment Ollama's own variables, such as {@code OLLAMA_MAX_QUEUE}
     */
    static OwnServer ollama(Map<String, String> environment) {
        return start("start-ollama.sh", environment, List.of());
    }

    /** A llama-server with the key {@code sk-test}, the model {@code tiny} and a context of 2048 tokens. */
    static OwnServer llama() {
        return start("start-llama-server.sh", Map.of(), List.of());
    }

    /** A llama-server that reads its model from there, and is not waited for until it has it. */
    static OwnServer llamaThatLoads(Path model) {
        return start("start-llama-server.sh", Map.of("WAIT_FOR", "port"), List.of(model.toString()));
    }

    /** As the script says it: for llama-server with {@code /v1}. */
    URI address() {
        return address;
    }

    /** The server is gone as by {@code kill -9}; a later connection is refused. Its runners live on until the close. */
    void kill() {
        remember();
        server.destroyForcibly();
        RealWaits.until(() -> !listens(), END, "the server to be gone");
    }

    /** The processes that hold Ollama's loaded models are gone as by {@code kill -9}. */
    void killRunners() {
        List<ProcessHandle> runners = server.descendants().toList();
        if (runners.isEmpty()) {
            throw new IllegalStateException("no model is loaded, so there is no runner to kill");
        }
        runners.forEach(ProcessHandle::destroyForcibly);
    }

    /** The server hangs: it takes connections, since the system does that for it, and does nothing else. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    /** Processor time of the server and its runners so far; grows while a model computes. */
    Duration work() {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server);
        return all.stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        remember();
        if (server.isAlive()) {
            resume();
            server.destroy();
        }
        RealWaits.quietly(() -> !listens(), GOOD_END);
        family.forEach(ProcessHandle::destroyForcibly);
        delete(logs);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + folder, e);
        }
    }

    private void remember() {
        family.add(server);
        server.descendants().forEach(family::add);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // refused: that is the question
        }
    }

    private void signal(String signal) {
        run(new ProcessBuilder("kill", signal, Long.toString(server.pid())), Duration.ofSeconds(5));
    }

    private static OwnServer start(String script, Map<String, String> environment, List<String> arguments) {
        Path scripts = RealServers.scripts();
        try {
            Path logs = Files.createTempDirectory("melancia-server");
            List<String> command =
                    new ArrayList<>(List.of(scripts.resolve(script).toString(), Integer.toString(freePort())));
            command.addAll(arguments);
            Path said = logs.resolve("script.out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().put("LOGS", logs.toString());
            builder.environment().putAll(environment);
            run(builder, LONGEST_BUILD);
            return of(Files.readString(said), logs);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start a server with " + scripts.resolve(script), e);
        }
    }

    private static OwnServer of(String said, Path logs) {
        Matcher started = STARTED.matcher(said);
        if (!started.find()) {
            throw new IllegalStateException("the server did not start: " + said);
        }
        ProcessHandle process = ProcessHandle.of(Long.parseLong(started.group(2)))
                .orElseThrow(() -> new IllegalStateException("the server is gone already: " + said));
        return new OwnServer(URI.create(started.group(1)), process, logs);
    }

    private static void run(ProcessBuilder builder, Duration limit) {
        try {
            Process process = builder.start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(builder.command() + " took longer than " + limit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + builder.command(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + builder.command() + " ran", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
