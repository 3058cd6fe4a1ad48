/**
 * Files of runs on an MLflow server: put, listed, fetched and deleted through the server, without Python and without
 * access to the store behind it.
 *
 * <pre>{@code
 * Artifacts artifacts = Artifacts.of(api, runId);
 * artifacts.put("model/weights.bin", Path.of("weights.bin"));
 * artifacts.putFolder("docs", Path.of("target/docs"));
 * artifacts.putTable("eval_results.json", new ArtifactTable(List.of("question", "answer"), rows));
 * Path local = artifacts.download("docs", Path.of("target/fetched"));
 * for (ArtifactFile file : artifacts.listAll()) {
 *     System.out.println(file.path() + " " + file.bytes());
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.artifact;

import org.jspecify.annotations.NullMarked;
