package dev.melancia.mlflow;

import java.nio.file.Path;

/**
 * What an uploader and its thread share.
 *
 * @param folder of the state, the lock and the rejected events
 */
record UploadParts(
        Path folder, MlflowClient client, UploadSignal signal, UploadCounters counters, RejectedEvents rejected) {}
