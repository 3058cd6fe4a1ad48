package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactedUploadTest {

    @TempDir
    Path folder;

    @Test
    void packedPointsReachAServerLikeSingleOnes() throws Exception {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                MlflowUploader uploader = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
            events.start(runId(1));
            for (int first = 0; first < 3_000; first += 1_000) {
                events.append(new RunEvent.Points(
                        runId(1),
                        "m",
                        IntStream.range(first, first + 1_000)
                                .mapToObj(step -> new MetricPoint(step, step, AT))
                                .toList()));
            }
            events.metrics(runId(1), "m", 3_000, 3_010);
            events.end(runId(1));
            assertThat(uploader.flush(UploaderFixture.LONG)).isTrue();
            assertThat(server.onlyRun().points).hasSize(3_010);
            assertThat(uploader.stats().setAside()).isZero();
        }
    }
}
