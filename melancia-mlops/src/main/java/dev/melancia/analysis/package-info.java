/**
 * What a benchmark's outcomes come to: figures with n and interval per subject and metric.
 *
 * <pre>{@code
 * BenchmarkReport report = BenchmarkReport.of(benchmark.run());
 * ScoreSummary f1 = report.subject("openai/gpt-4o-mini").metric("token F1");
 * f1.mean();       // over f1.n() answers
 * f1.interval();   // 95 %
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.analysis;

import org.jspecify.annotations.NullMarked;
