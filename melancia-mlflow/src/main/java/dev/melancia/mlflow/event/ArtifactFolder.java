package dev.melancia.mlflow.event;

import java.nio.file.Path;

/**
 * Where the files of a run stand beside the journal: {@code <store>/artifacts/<run id>/<path>}.
 *
 * @since 0.1.0
 */
public final class ArtifactFolder {

    private ArtifactFolder() {}

    /**
     * The file of an artifact in this store; it need not exist.
     *
     * @param store folder of the journal
     */
    public static Path file(Path store, RunEvent.Artifact artifact) {
        return of(store, artifact.runId()).resolve(artifact.path());
    }

    /** The folder of all artifacts of a run; it need not exist. */
    public static Path of(Path store, String runId) {
        RunEventRules.runId(runId);
        return store.resolve("artifacts").resolve(runId);
    }
}
