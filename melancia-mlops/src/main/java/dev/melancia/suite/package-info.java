/**
 * A benchmark as a JSON file: which questions, which models, which scorers, how often, for how much money, and what must
 * hold. It is what the command line runs; a test may read one too.
 *
 * <pre>{@code
 * Suite suite = Suite.read(Path.of("suite.json"));
 * BenchmarkResult result = suite.benchmark(ChatModelProviders.discover())
 *         .folder(Path.of("runs/today"))
 *         .build()
 *         .run();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.suite;

import org.jspecify.annotations.NullMarked;
