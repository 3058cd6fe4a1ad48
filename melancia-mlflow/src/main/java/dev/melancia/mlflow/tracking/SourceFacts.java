package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run comes from: who started which program, from which commit. They are the tags that MLflow's own client sets,
 * so that the pages of the server show user, source and version of a run.
 *
 * <p>What is not known is left out. The arguments of the program and the folder of a jar are not told, nor are user and
 * password in the URL of a repository. Git's files are read directly; nothing is started. Immutable.
 *
 * @since 0.1.0
 */
public final class SourceFacts {

    private static final Logger LOG = LoggerFactory.getLogger(SourceFacts.class);
    private static final String NOBODY = "0".repeat(32);

    private final SortedMap<String, String> tags;

    private SourceFacts(SortedMap<String, String> tags) {
        this.tags = Collections.unmodifiableSortedMap(tags);
    }

    /** The facts of this process, from its environment, its command and the folder it was started in. */
    public static SourceFacts detect() {
        return of(
                System.getenv(),
                Path.of(System.getProperty("user.dir", "")),
                System.getProperty("user.name", ""),
                System.getProperty(
                        "sun.java.command",
                        ProcessHandle.current().info().command().orElse("")));
    }

    /**
     * The facts of a described process.
     *
     * @param environment its variables. {@code MLFLOW_TRACKING_USERNAME} goes before the user; {@code MLFLOW_RUN_CONTEXT},
     *     a JSON object of tags, goes before everything; those of build servers stand in for what git's files do not tell
     * @param workingDirectory in a git checkout or not; need not exist
     * @param user name of its user, or empty
     * @param command main class or jar with arguments, or empty
     */
    public static SourceFacts of(Map<String, String> environment, Path workingDirectory, String user, String command) {
        requireNonNull(environment, "environment");
        BuildServer server = new BuildServer(environment);
        GitCheckout checkout = GitCheckout.around(workingDirectory);
        SortedMap<String, String> tags = new TreeMap<>();
        put(tags, "mlflow.user", environment.getOrDefault("MLFLOW_TRACKING_USERNAME", ""));
        tags.computeIfAbsent("mlflow.user", key -> user.isBlank() || user.equals("?") ? null : user);
        put(tags, "mlflow.source.name", program(command.strip()));
        put(tags, "mlflow.source.type", server.present() ? "JOB" : "LOCAL");
        put(tags, "mlflow.source.git.commit", checkout.commit().orElseGet(server::commit));
        boolean same = checkout.commit().map(server::mayBeAt).orElse(true);
        put(tags, "mlflow.source.git.branch", checkout.branch().orElseGet(() -> same ? server.branch() : ""));
        put(tags, "mlflow.source.git.repoURL", checkout.remote().orElseGet(() -> same ? server.repository() : ""));
        readContext(environment.getOrDefault("MLFLOW_RUN_CONTEXT", ""), tags);
        return new SourceFacts(tags);
    }

    /** A variable of the environment may hold anything; that must not stop a run. */
    private static void put(Map<String, String> tags, String key, String value) {
        if (value.isBlank()) {
            return;
        }
        try {
            RunEvent.Tag tag = new RunEvent.Tag(NOBODY, Instant.EPOCH, key, value);
            tags.put(tag.key(), tag.value());
        } catch (IllegalArgumentException unfit) {
            LOG.atWarn().setCause(unfit).log("a fact about this process cannot be a tag; it is left out");
        }
    }

    /** The first word without its folder: what follows may hold secrets. The path of a jar may have spaces. */
    private static String program(String command) {
        int space = command.indexOf(' ');
        String first = space < 0 ? command : command.substring(0, space);
        int jar = command.indexOf(".jar");
        if (jar > 0 && (first.indexOf('/') >= 0 || first.indexOf('\\') >= 0)) {
            first = command.substring(0, jar + ".jar".length());
        }
        boolean mainInModule = first.indexOf('/') > 0 && first.indexOf('/') == first.lastIndexOf('/') && jar < 0;
        return mainInModule && !first.startsWith(".")
                ? first
                : first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1);
    }

    private static void readContext(String json, Map<String, String> tags) {
        if (json.isBlank()) {
            return;
        }
        try {
            JsonNode context = new ObjectMapper().readTree(json);
            context.properties()
                    .forEach(field -> put(tags, field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException notJson) {
            // Without the cause: its message repeats the text.
            LOG.warn("MLFLOW_RUN_CONTEXT must be a JSON object of tags; it is ignored");
        }
    }

    /** Tags by key: {@code mlflow.user}, {@code mlflow.source.name} and so on; unmodifiable. */
    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public String toString() {
        return "SourceFacts" + tags.keySet();
    }
}
