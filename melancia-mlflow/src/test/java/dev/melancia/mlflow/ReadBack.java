package dev.melancia.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What MLflow's own Python client sees of a server: the judge of what we wrote, which shares nothing with us. The document
 * is described at the top of {@code dev/servers/read-back.py}.
 *
 * <pre>{@code
 * JsonNode seen = ReadBack.from(server).experiment("routing").prompt("greeting").read();
 * assertThat(seen.at("/runs/0/params/lr").asText()).isEqualTo("0.1");
 * }</pre>
 *
 * <p>Without {@code MELANCIA_TEST_PYTHON} (absolute path of the Python the server runs by) and {@code MELANCIA_TEST_SERVERS}
 * (absolute path of {@code dev/servers}) the test is skipped, or fails where {@code CI} is true. Confined to one thread.
 */
public final class ReadBack {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long LIMIT_MINUTES = 3;

    private final List<String> command = new ArrayList<>();

    private ReadBack(String server) {
        String script =
                Path.of(required("MELANCIA_TEST_SERVERS"), "read-back.py").toString();
        command.addAll(List.of(required("MELANCIA_TEST_PYTHON"), "-B", script, server));
    }

    /** A reader of this server, such as {@code http://127.0.0.1:5000}. */
    public static ReadBack from(String server) {
        return new ReadBack(server);
    }

    /** The value of that environment variable; skips the test without it, or fails it where {@code CI} is true. */
    public static String required(String variable) {
        String value = System.getenv().getOrDefault(variable, "").strip();
        String missing = variable + " is not set: see CONTRIBUTING.md for what it names";
        if (value.isEmpty() && "true".equals(System.getenv("CI"))) {
            return fail(missing);
        }
        return value.isEmpty() ? abort(missing) : value;
    }

    /** Also everything of an experiment: runs, logged models, traces. */
    public ReadBack experiment(String name) {
        return with("--experiment", name);
    }

    /** Also a registered model with its versions and aliases. */
    public ReadBack model(String name) {
        return with("--model", name);
    }

    /** Also a prompt with its versions and aliases. */
    public ReadBack prompt(String name) {
        return with("--prompt", name);
    }

    private ReadBack with(String option, String name) {
        // One ASCII word: a name may begin with a hyphen, and an argument is written in the locale's character set.
        command.add(
                option + "=" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        return this;
    }

    /** Reads it; the test fails when the Python client does. */
    public JsonNode read() throws IOException, InterruptedException {
        Path said = Files.createTempFile("read-back", ".json");
        Path complained = Files.createTempFile("read-back", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(complained.toFile());
            builder.environment().keySet().retainAll(Set.of("HOME", "LANG"));
            Process reader = builder.start();
            boolean ended = reader.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            reader.destroyForcibly();
            assertThat(ended)
                    .as("the Python client ends within %d minutes", LIMIT_MINUTES)
                    .isTrue();
            assertThat(reader.exitValue()).as(Files.readString(complained)).isZero();
            return MAPPER.readTree(said.toFile());
        } finally {
            Files.delete(said);
            Files.delete(complained);
        }
    }
}
