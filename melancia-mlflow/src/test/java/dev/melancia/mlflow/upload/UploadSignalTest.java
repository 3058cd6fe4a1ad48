package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadSignalTest {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void aTimeBeyondNanosecondsIsAsLongAsPossible() throws InterruptedException {
        UploadSignal signal = new UploadSignal();
        long ticket = signal.ask();
        signal.reached(ticket);
        assertThat(signal.await(ticket, FOR_EVER)).isTrue();
        signal.stop();
        assertThat(signal.await(ticket + 1, FOR_EVER)).isFalse();
        signal.pause(FOR_EVER, ticket);
    }
}
