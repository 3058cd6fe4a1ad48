/**
 * An LLM as judge: grades answers by a rubric, compares two subjects' answers in both orders, and says how well it agrees
 * with people. Give it a model that does not retry ({@code maxRetries(0)}), and not one of the subjects: models favour their
 * own answers. What a judge says is an opinion; measure its agreement with your people before it decides anything.
 *
 * <pre>{@code
 * Judge judge = Judge.builder(strongModel).price(price).build();
 * Scorer rubric = judge.rubric(Rubric.of("politeness", "Polite, and in the tone of our shop."));
 *
 * BenchmarkResult result = benchmark.scorer(rubric).build().run();
 * PairwiseComparison comparison = judge.compare("Which answer helps a customer more?", first.outcomes(), second.outcomes());
 * JudgeAgreement agreement = judge.agreementOnGrades(rubricOfOurPeople, Path.of("labels.jsonl"));
 * JudgeUsage spent = judge.usage();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.judge;

import org.jspecify.annotations.NullMarked;
