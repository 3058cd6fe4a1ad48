/**
 * What a benchmark's outcomes come to: figures with n and interval per subject and metric, and each pair of subjects.
 *
 * <pre>{@code
 * BenchmarkReport report = BenchmarkReport.of(benchmark.run());
 * MetricSummary f1 = report.subject("openai/gpt-4o-mini").metric("token F1");
 * f1.mean();       // over f1.n() questions
 * f1.interval();   // 95 %, made by f1.method()
 *
 * PairComparison pair = report.pair("openai/gpt-4o-mini", "ollama/phi3:mini");
 * pair.metric("latency").difference();        // seconds, first minus second
 * pair.sentence(ReportLanguage.PORTUGUESE);   // "… é melhor que … em 0,06 a 0,14 em …"
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.analysis;

import org.jspecify.annotations.NullMarked;
