package dev.melancia.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.call.UserKeys;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

    @TempDir
    Path folder;

    @Test
    void aCallThatCannotBeWrittenIsCountedAndThoseAfterItAreWritten() {
        CallTracing tracing = CallTracing.builder(folder).content(100).build();
        CallContext caller = CallContext.builder().build();
        tracing.onCall(CallRecord.builder(CallTracingTest.id(1), Outcome.ANSWERED, caller, UserKeys.ephemeral())
                .time(Long.MAX_VALUE, 1)
                .build());
        assertThat(tracing.flush(Duration.ofSeconds(30))).isTrue();
        tracing.onCall(CallTracingTest.record(2, Outcome.ANSWERED));
        assertThat(tracing.flush(Duration.ofSeconds(30))).isTrue();
        tracing.close();
        assertThat(tracing.dropped()).isEqualTo(1);
        assertThat(WrittenTraces.in(folder).traces()).hasSize(1);
    }
}
