package dev.melancia.mlflow.upload;

/**
 * A run as the server knows it.
 *
 * @param id the server's own id
 * @param artifactUri where its artifacts go
 */
record UploadedRun(String id, String artifactUri) {}
