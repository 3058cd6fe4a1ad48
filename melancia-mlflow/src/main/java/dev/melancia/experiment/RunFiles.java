package dev.melancia.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.mlflow.artifact.LoggedTables;
import dev.melancia.mlflow.event.RunEvent;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Puts the files of one run into the store: first the file, then the event that says so. Thread-safe. */
final class RunFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RunRecorder recorder;
    private final ArtifactStore artifacts;
    private final ReentrantLock tablesLock = new ReentrantLock();
    private LoggedTables tables;

    RunFiles(RunRecorder recorder, String tables) {
        this.recorder = recorder;
        this.artifacts = new ArtifactStore(recorder.parts().journal().folder());
        this.tables = LoggedTables.of(tables).orElse(LoggedTables.none());
    }

    void put(String path, byte[] content) {
        RunEvent.Artifact checked = checked(path);
        recorder.requireRunning("artifact", path);
        recorder.append("artifact", path, List.of(stored(checked, new ByteArrayInputStream(content))));
    }

    /** Any value Jackson can write. */
    void putJson(String path, Object value) {
        put(path, json(value));
    }

    private static byte[] json(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            // Without the cause: its message may repeat what was to be written.
            throw new IllegalArgumentException("a value of " + value.getClass().getName()
                    + " cannot be written as JSON; give maps, lists, texts, numbers and records of these");
        }
    }

    void put(String path, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("artifact \"" + path + "\" must be a regular file, was " + file);
        }
        RunEvent.Artifact checked = checked(path);
        recorder.requireRunning("artifact", path);
        recorder.append("artifact", path, List.of(stored(checked, file)));
    }

    /** All names are checked before the first file is copied, and all files are there before the first is recorded. */
    void putAll(String path, Path folder) {
        Map<Path, RunEvent.Artifact> found = new TreeMap<>();
        for (Path file : regularFiles(path, folder)) {
            found.put(file, checked(below(path, folder.relativize(file))));
        }
        recorder.requireRunning("artifact", path);
        List<RunEvent.Artifact> stored = new ArrayList<>();
        found.forEach((file, artifact) -> stored.add(stored(artifact, file)));
        recorder.append("artifact", path, stored);
    }

    /** One at a time, since the tag lists all tables of the run, whatever becomes of it on the server. */
    void table(String path, byte[] content) {
        RunEvent.Artifact checked = checked(path);
        List<RunEvent> written;
        tablesLock.lock();
        try {
            LoggedTables with = tables.plus(path);
            RunEvent tag = new RunEvent.Tag(checked.runId(), checked.at(), LoggedTables.TAG, with.json());
            recorder.requireRunning("table", path);
            RunEvent file = stored(checked, new ByteArrayInputStream(content));
            written = with == tables ? List.of(file) : List.of(file, tag);
            recorder.write("table", path, written);
            tables = with;
        } finally {
            tablesLock.unlock();
        }
        recorder.await(written);
    }

    private RunEvent.Artifact checked(String path) {
        return new RunEvent.Artifact(recorder.started().runId(), recorder.now(), path, 0);
    }

    private RunEvent.Artifact stored(RunEvent.Artifact artifact, Path file) {
        try (InputStream content = new FileInputStream(file.toFile())) {
            return stored(artifact, content);
        } catch (IOException failure) {
            throw new ExperimentStoreException("cannot read " + file + " to store it as an artifact", failure);
        }
    }

    private RunEvent.Artifact stored(RunEvent.Artifact artifact, InputStream content) {
        long bytes = artifacts.put(artifact, content);
        return new RunEvent.Artifact(artifact.runId(), artifact.at(), artifact.path(), bytes);
    }

    private static List<Path> regularFiles(String path, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("artifacts \"" + path + "\" must be a folder, was " + folder);
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new ExperimentStoreException("cannot read " + folder + " to store its files as artifacts", failure);
        }
    }

    private static String below(String path, Path relative) {
        String inside = StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
        return path.isEmpty() ? inside : path + "/" + inside;
    }
}
