package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private static final URI LOCAL = URI.create("http://127.0.0.1:5000");

    @Test
    void aServerThatComesAndGoesIsToldOfOnceInTenMinutes() {
        Instant[] now = {UploaderFixture.AT};
        OutageLog outage = new OutageLog(LOCAL, new UploadCounters(), () -> now[0]);
        try (Warnings warnings = new Warnings()) {
            for (int i = 0; i < 1_000; i++) {
                outage.failed(new IllegalStateException("down"));
                outage.succeeded();
            }
            assertThat(warnings.lines()).hasSize(1);
            now[0] = now[0].plus(OutageLog.QUIET);
            outage.failed(new IllegalStateException("down"));
            outage.failed(new IllegalStateException("down"));
            assertThat(warnings.lines()).hasSize(2);
        }
    }

    @Test
    void theWordsOfForeignErrorsAreNotRepeated() {
        UploadCounters counters = new UploadCounters();
        OutageLog outage = new OutageLog(LOCAL, counters, () -> UploaderFixture.AT);
        try (Warnings warnings = new Warnings()) {
            outage.failed(new IllegalArgumentException("invalid header value: s3gredo"));
            assertThat(counters.snapshot(OptionalLong.empty()).problem()).contains("IllegalArgumentException");
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("IllegalArgumentException")
                    .doesNotContain("s3gredo");
        }
    }
}
