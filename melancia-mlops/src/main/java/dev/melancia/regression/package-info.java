/**
 * Compares a benchmark with an earlier run of it, and says whether a build may go on.
 *
 * <pre>{@code
 * BenchmarkReport earlier = BenchmarkReport.of(BenchmarkResult.load(Path.of("runs/released"), scorers));
 * RegressionReport change = RegressionReport.of(earlier, BenchmarkReport.of(benchmark.run()));
 * change.subject("our RAG chain").newFailures();          // ids of questions
 *
 * Findings findings = Gate.builder()
 *         .noWorse("quality", 0.02)                       // than the earlier run, by more than .02
 *         .failureRateAtMost(0.05)
 *         .build()
 *         .check(change);
 * findings.verify();                                      // in a test: AssertionError with all that is wrong
 * System.exit(findings.exitCode());                       // on a command line
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.regression;

import org.jspecify.annotations.NullMarked;
