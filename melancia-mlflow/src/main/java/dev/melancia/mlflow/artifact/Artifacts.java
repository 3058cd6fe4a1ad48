package dev.melancia.mlflow.artifact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of one run on the server. Content is streamed: a file may be larger than the heap, except where a method
 * takes or returns it in memory.
 *
 * <p>Paths are relative to the run, with {@code /} between segments, none of them empty, {@code .} or {@code ..}, at most
 * 500 characters. MLflow would refuse or rename what has {@code #}, {@code \}, a control character, {@code %} before two
 * hexadecimal digits, or {@code ?} or {@code ;} at the end of a segment. Every method throws IllegalArgumentException for other paths, {@link MlflowException} when the server
 * fails or refuses, or keeps artifacts in a store that this client does not speak to, and {@link UncheckedIOException}
 * when a local file cannot be read or written. Thread-safe; two instances for one run, in one process or two, that store
 * tables at the same moment may lose an announcement, or rows that one of them appended.
 *
 * @since 0.1.0
 */
public final class Artifacts {

    private final String runId;
    private final RunArtifactRoot root;
    private final ObjectMapper json = new ObjectMapper();
    private final RunTables tables;
    /** Tables, and the tag that lists them, are read, changed and written back. */
    private final ReentrantLock storing = new ReentrantLock();

    private Artifacts(MlflowApi api, String runId, RunArtifactRoot root) {
        this.runId = runId;
        this.root = root;
        this.tables = new RunTables(api, runId);
    }

    /**
     * The artifacts of a run; asks the server where they are.
     *
     * @throws MlflowException also when there is no such run
     */
    public static Artifacts of(MlflowApi api, String runId) {
        return of(api, runId, Map.of());
    }

    /**
     * The same with stores that the server does not hand on, each by the scheme of its URIs, such as {@code s3}.
     *
     * @throws MlflowException also when there is no such run
     */
    public static Artifacts of(MlflowApi api, String runId, Map<String, ArtifactRepository> repositories) {
        try {
            JsonNode run = api.get("/api/2.0/mlflow/runs/get?run_id=" + MlflowApi.encode(runId));
            String uri = MlflowApi.required("runs/get", run.path("run").path("info"), "artifact_uri");
            return at(api, runId, uri, repositories);
        } catch (MlflowException failure) {
            if (failure.status() != 404) {
                throw failure;
            }
            throw failure.explained("run " + runId + " must be on the server to have artifacts, is not; use the id that"
                    + " the server gave");
        }
    }

    /** The same where the artifact URI of the run is known, so that the server is not asked. */
    public static Artifacts at(
            MlflowApi api, String runId, String artifactUri, Map<String, ArtifactRepository> repositories) {
        Map<String, ArtifactRepository> all = new HashMap<>(repositories);
        all.putIfAbsent(ProxyRepository.SCHEME, new ProxyRepository(requireNonNull(api, "api")));
        return new Artifacts(api, runId, RunArtifactRoot.of(runId, artifactUri, all));
    }

    /** Stores a file; replaces what stood there. */
    public void put(String path, Path file) {
        if (!Files.isRegularFile(requireNonNull(file, "file"))) {
            throw new IllegalArgumentException("artifact \"" + path + "\" must be a regular file, was " + file);
        }
        io(() -> root.repository().put(root.uri(), ArtifactPath.checked(path), file));
    }

    /** Stores bytes; replaces what stood there. */
    public void put(String path, byte[] content) {
        io(() -> root.repository().put(root.uri(), ArtifactPath.checked(path), content));
    }

    /** Stores a text in UTF-8; replaces what stood there. */
    public void putText(String path, String text) {
        put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Stores a value as JSON; replaces what stood there.
     *
     * @param value what Jackson can write: a node, a record, a map, a list
     * @throws IllegalArgumentException also when Jackson cannot
     */
    public void putJson(String path, Object value) {
        try {
            put(path, json.writeValueAsBytes(value));
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(
                    "artifact \"" + path + "\" must be a value that Jackson can write, was a "
                            + value.getClass().getName(),
                    unfit);
        }
    }

    /** Stores a table that the pages of the server show; replaces what stood there. Most useful with a path in .json. */
    public void putTable(String path, ArtifactTable table) {
        storing.lock();
        try {
            put(path, table.json());
            tables.announce(path);
        } finally {
            storing.unlock();
        }
    }

    /**
     * Adds rows to a table; the first ones store it.
     *
     * @throws IllegalArgumentException also when the table has other columns
     */
    public void appendTable(String path, ArtifactTable rows) {
        storing.lock();
        try {
            putTable(path, exists(path) ? table(path).with(rows) : rows);
        } finally {
            storing.unlock();
        }
    }

    /**
     * Stores the files of a folder with the folders in it. Links to files are followed, links to folders are not; empty
     * folders are not stored.
     *
     * @param path where they go; empty for the root of the run
     * @return how many files
     * @throws IllegalArgumentException also when a name in the folder cannot be a path; nothing was stored then
     */
    public int putFolder(String path, Path folder) {
        Map<String, Path> files = LocalFolder.files(path, folder);
        files.forEach(this::put);
        return files.size();
    }

    /** What stands directly in the root. */
    public List<ArtifactFile> list() {
        return listed("");
    }

    /** What stands directly in a folder; empty when there is no such folder. */
    public List<ArtifactFile> list(String folder) {
        return listed(ArtifactPath.checked(folder));
    }

    private List<ArtifactFile> listed(String folder) {
        return io(() -> root.repository().list(root.uri(), folder));
    }

    /** All files of the run, without the folders they are in. */
    public List<ArtifactFile> listAll() {
        return RemoteFolder.files(this::listed, list());
    }

    /** Whether there is a file or a folder. */
    public boolean exists(String path) {
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        ArtifactPath.checked(path);
        return (folder.isEmpty() ? list() : list(folder))
                .stream().anyMatch(file -> file.path().equals(path));
    }

    /** Content of a file that the heap can hold. */
    public byte[] bytes(String path) {
        ArtifactPath.checked(path);
        return fetched(path, () -> root.repository().fetch(root.uri(), path));
    }

    /** Content of a text file in UTF-8. */
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /**
     * Content of a JSON file.
     *
     * @throws MlflowException also when it is not JSON
     */
    public JsonNode json(String path) {
        byte[] content = bytes(path);
        try {
            return json.readTree(content);
        } catch (IOException notJson) {
            throw MlflowException.refused("artifact", "not JSON")
                    .explained("artifact \"" + path + "\" must be JSON, had " + content.length
                            + " bytes of another form;" + " read it with text or bytes");
        }
    }

    /**
     * A table that was stored by {@link #putTable} or Python's {@code log_table}.
     *
     * @throws MlflowException also when the file has another form
     */
    public ArtifactTable table(String path) {
        return RunTables.read(path, json(path));
    }

    /**
     * Fetches a file, or a folder with the folders in it. A file appears under its name when it is complete, and replaces
     * what stood there; of a folder that breaks off, the files before are there.
     *
     * @param path of the file or folder; empty for all of the run
     * @param folder made when it is not there; what is fetched keeps its path inside the run below it
     * @return where the file or folder is now
     * @throws MlflowException also when there is neither, and when a name from the server would lie outside of the folder;
     *     nothing was written outside then
     */
    public Path download(String path, Path folder) {
        List<ArtifactFile> inside = path.isEmpty() ? list() : list(path);
        if (inside.isEmpty() && !path.isEmpty()) {
            return fetchInto(path, folder);
        }
        for (ArtifactFile file : RemoteFolder.files(this::listed, inside)) {
            fetchInto(file.path(), folder);
        }
        return io(() -> Files.createDirectories(folder.resolve(path)));
    }

    private Path fetchInto(String path, Path folder) {
        Path target = ArtifactPath.below(folder, path)
                .orElseThrow(() -> MlflowException.refused("artifact", "outside of the folder")
                        .explained("artifact \"" + path + "\" of run " + runId + " would be written outside of "
                                + folder + ", or cannot be a file here; it was not fetched"));
        return fetched(
                path, () -> LocalFolder.appear(target, part -> root.repository().fetch(root.uri(), path, part)));
    }

    private <T> T fetched(String path, Reading<T> fetch) {
        try {
            return io(fetch);
        } catch (MlflowException failure) {
            if (failure.status() != 404 && failure.status() != 400) {
                throw failure;
            }
            throw failure.explained("run " + runId + " must have an artifact \"" + path + "\", a file, to read it, has "
                    + (failure.status() == 404 ? "none" : "a folder there")
                    + "; listAll() tells which files there are");
        }
    }

    /** Deletes a file, or a folder with what is in it; nothing when there is none. */
    public void delete(String path) {
        io(() -> root.repository().delete(root.uri(), ArtifactPath.checked(path)));
    }

    @Override
    public String toString() {
        return "Artifacts[" + runId + "]";
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void io(Writing action) {
        io(() -> {
            action.run();
            return true;
        });
    }

    private static <T> T io(Reading<T> action) {
        try {
            return action.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
