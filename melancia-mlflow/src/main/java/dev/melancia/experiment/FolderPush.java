package dev.melancia.experiment;

import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.upload.MlflowUploader;
import dev.melancia.mlflow.upload.UploadStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings a folder to a server, once. */
final class FolderPush {

    private static final UploadStats NOTHING =
            new UploadStats(0, 0, 0, 0, Optional.empty(), Optional.empty(), OptionalLong.empty());

    private FolderPush() {}

    /** By an uploader that is at work anyway. */
    static PushResult by(MlflowUploader uploader, Duration limit) {
        UploadStats before = uploader.stats();
        boolean complete = uploader.flush(limit);
        return result(complete, before, uploader.stats());
    }

    /** By an uploader of its own, which waits for whoever has the folder. */
    static PushResult of(Path folder, MlflowSettings settings, Duration limit) {
        InstantSource time = InstantSource.system();
        Instant start = time.instant();
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings)) {
            boolean complete = uploader.flush(limit);
            PushResult result = result(complete, NOTHING, uploader.stats());
            uploader.close(complete ? left(limit, start, time.instant()) : Duration.ZERO);
            return result;
        }
    }

    /** One limit for both waits. */
    static Duration left(Duration limit, Instant start, Instant now) {
        Duration left = limit.minus(Duration.between(start, now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static PushResult result(boolean complete, UploadStats before, UploadStats after) {
        return new PushResult(
                complete,
                after.delivered() - before.delivered(),
                after.setAside() - before.setAside(),
                after.damaged() - before.damaged(),
                after.problem());
    }
}
