package dev.melancia.experiment;

import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.upload.MlflowUploader;
import dev.melancia.mlflow.upload.UploadStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The way from a tracker's folder to its server, if it has one. Thread-safe. */
final class TrackerUploads {

    private final Path folder;
    private final Optional<MlflowSettings> server;
    private final Optional<MlflowUploader> uploader;

    TrackerUploads(Path folder, Optional<MlflowSettings> server) {
        this.folder = folder;
        this.server = server;
        this.uploader = server.map(settings -> MlflowUploader.start(folder, settings));
    }

    /**
     * What a recording call waits for.
     *
     * @param limit of a synchronous tracker
     */
    Acknowledgement acknowledgement(Optional<Duration> limit) {
        return uploader.flatMap(
                        active -> limit.<Acknowledgement>map(longest -> new ServerAcknowledgement(active, longest)))
                .orElse(Acknowledgement.JOURNAL);
    }

    boolean flush(Duration timeout) {
        return uploader.map(active -> active.flush(timeout)).orElse(true);
    }

    /** By the uploader that is at work anyway where it has the same server. */
    PushResult push(MlflowSettings settings, Duration limit) {
        boolean same = server.filter(own ->
                        own.uri().equals(settings.uri()) && own.workspace().equals(settings.workspace()))
                .isPresent();
        return uploader.filter(active -> same)
                .map(active -> FolderPush.by(active, limit))
                .orElseGet(() -> FolderPush.of(folder, settings, limit));
    }

    Optional<UploadStats> stats() {
        return uploader.map(MlflowUploader::stats);
    }

    void close(Duration timeout) {
        uploader.ifPresent(active -> active.close(timeout));
    }
}
