package dev.melancia.mlflow.upload;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Written by the uploader's thread, read by any. */
final class UploadCounters {

    final AtomicLong delivered = new AtomicLong();
    final AtomicLong setAside = new AtomicLong();
    final AtomicLong failedAttempts = new AtomicLong();
    volatile long damaged;
    volatile @Nullable String problem;
    volatile @Nullable Instant lastSuccess;

    UploadStats snapshot(OptionalLong waitingBytes) {
        return new UploadStats(
                delivered.get(),
                setAside.get(),
                failedAttempts.get(),
                damaged,
                Optional.ofNullable(problem),
                Optional.ofNullable(lastSuccess),
                waitingBytes);
    }
}
