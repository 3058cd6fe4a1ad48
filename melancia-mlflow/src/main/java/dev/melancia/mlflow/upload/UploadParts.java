package dev.melancia.mlflow.upload;

import java.nio.file.Path;

/**
 * What an uploader and its thread share.
 *
 * @param folder of the state, the lock and the rejected events
 */
record UploadParts(
        Path folder, UploadServer server, UploadSignal signal, UploadCounters counters, RejectedEvents rejected) {}
