package dev.melancia.testkit;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Where tests with real servers find them. Without the variable the test is skipped and says which one it wants; where
 * {@code CI} is {@code true} it fails instead, so that a pipeline cannot pass by not looking. Not for production code.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RealServers {

    /** Root address of an Ollama server, such as {@code http://127.0.0.1:11434}. */
    public static final String OLLAMA_URL = "MELANCIA_TEST_OLLAMA_URL";

    /** Address of a llama-server with the key {@code sk-test}, with {@code /v1}. */
    public static final String LLAMA_URL = "MELANCIA_TEST_LLAMA_URL";

    /** Address of an MLflow server, such as {@code http://127.0.0.1:5000}. */
    public static final String MLFLOW_URI = "MELANCIA_TEST_MLFLOW_URI";

    /** Folder with the scripts that start servers, absolute, for tests that start and kill servers of their own. */
    public static final String SCRIPTS = "MELANCIA_TEST_SERVERS";

    private RealServers() {}

    /**
     * The address in that environment variable.
     *
     * @throws org.opentest4j.TestAbortedException when it is not set
     * @throws AssertionError when it is not set and {@code CI} is {@code true}
     */
    public static URI require(String variable) {
        return require(variable, System.getenv(variable), "true".equals(System.getenv("CI")));
    }

    static URI require(String variable, @Nullable String value, boolean ci) {
        String remedy = "start the server with a script of dev/servers and set it";
        return URI.create(value(variable, value, ci, remedy));
    }

    /** The folder with the scripts; skips or fails without one, as {@link #require(String)}. */
    static Path scripts() {
        String remedy = "set it to the absolute path of dev/servers";
        return Path.of(value(SCRIPTS, System.getenv(SCRIPTS), "true".equals(System.getenv("CI")), remedy));
    }

    private static String value(String variable, @Nullable String value, boolean ci, String remedy) {
        if (value == null || value.isBlank()) {
            String message = variable + " is not set: " + remedy;
            return ci ? Assertions.fail(message + " (CI is true, so this is not skipped)") : Assumptions.abort(message);
        }
        return value.strip();
    }
}
