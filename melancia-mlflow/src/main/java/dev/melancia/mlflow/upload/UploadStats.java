package dev.melancia.mlflow.upload;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an uploader did since it was started, and what waits. Immutable.
 *
 * @param delivered events the server accepted, at least 0; an event delivered again after a restart counts again
 * @param setAside events that are not delivered for what they are, at least 0. Each is kept with the reason in the folder
 *     {@code rejected} while that has less than 64 MiB, except that of a run refused as a whole only the first one is, and
 *     that a line no event can be read from is only named in the log; all of them remain in the journal
 * @param failedAttempts requests that have to be made again, at least 0
 * @param damaged places of the journal that were skipped as no whole line, at least 0; see {@code JournalReader.damage()}
 * @param problem why nothing can be delivered at present; empty when the last request succeeded
 * @param lastSuccess when the server last accepted something from this uploader; empty when it never did
 * @param waitingBytes about how much of the journal is not delivered yet, at least 0; empty when the folder cannot be read
 * @since 0.1.0
 */
public record UploadStats(
        long delivered,
        long setAside,
        long failedAttempts,
        long damaged,
        Optional<String> problem,
        Optional<Instant> lastSuccess,
        OptionalLong waitingBytes) {}
