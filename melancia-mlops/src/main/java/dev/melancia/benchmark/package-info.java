/**
 * Compares models, chains or routers on your own questions.
 *
 * <pre>{@code
 * BenchmarkResult result = Benchmark.builder()
 *         .dataset(Dataset.read(Path.of("questions.jsonl")))
 *         .subject(Subject.of(ModelId.of("ollama/phi3:mini"), phi3, TokenPrice.free()))
 *         .subject(Subject.of(ModelId.of("openai/gpt-4o-mini"), gpt, TokenPrice.usdPerMillionTokens("0.15", "0.60")))
 *         .warmUp(3)
 *         .progress(System.err)
 *         .build()
 *         .run();
 * ReportFormat.HTML.write(BenchmarkReport.of(result), Path.of("report.html"));
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.benchmark;

import org.jspecify.annotations.NullMarked;
