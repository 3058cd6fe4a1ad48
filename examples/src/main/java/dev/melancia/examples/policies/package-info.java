/**
 * The two routing policies of the first users' report, as data.
 *
 * <pre>{@code
 * ModelRouter router = ModelRouter.builder()
 *     .model(Candidate.of("ollama/phi3:mini"), providers)
 *     .model(Candidate.of("ollama/llama3.2:3b"), providers)
 *     .model(Candidate.of("openai/gpt-4o-mini"), providers)
 *     .policy(ReportPolicies.chooseModel())
 *     .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.examples.policies;

import org.jspecify.annotations.NullMarked;
