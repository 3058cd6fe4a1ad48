package dev.melancia.mlflow;

import java.util.Optional;

/**
 * What an uploader did since it was started. Immutable.
 *
 * @param delivered events the server accepted, at least 0; an event delivered again after a restart counts again
 * @param setAside events the server refuses for what they are, at least 0; kept in the folder {@code rejected}
 * @param failedAttempts requests that have to be made again, at least 0
 * @param problem why nothing can be delivered at present; empty when the last request succeeded
 * @since 0.1.0
 */
public record UploadStats(long delivered, long setAside, long failedAttempts, Optional<String> problem) {}
