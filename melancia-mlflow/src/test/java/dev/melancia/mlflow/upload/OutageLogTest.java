package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private static final URI LOCAL = URI.create("http://127.0.0.1:5000");

    @Test
    void theWordsOfForeignErrorsAreNotRepeated() {
        UploadCounters counters = new UploadCounters();
        OutageLog outage = new OutageLog(LOCAL, counters);
        try (Warnings warnings = new Warnings()) {
            outage.failed(new IllegalArgumentException("invalid header value: s3gredo"));
            assertThat(counters.snapshot().problem()).contains("IllegalArgumentException");
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("IllegalArgumentException")
                    .doesNotContain("s3gredo");
        }
    }
}
