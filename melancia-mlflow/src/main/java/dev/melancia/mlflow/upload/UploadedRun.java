package dev.melancia.mlflow.upload;

/**
 * A run as the server knows it.
 *
 * @param id the server's own id
 * @param artifactUri where its artifacts go
 * @param doubtfulIn id of the experiment when it was created although an earlier creation may still be carried out there;
 *     empty otherwise
 */
record UploadedRun(String id, String artifactUri, String doubtfulIn) {}
