/**
 * Choosing on the data without believing the data twice: what was chosen or fitted on questions (a model, a prompt, a
 * temperature, a threshold, a routing share) is reported on questions that did not choose it.
 *
 * <pre>{@code
 * List<Candidate> prompts = Candidate.all(report, "quality");     // one subject for each prompt
 * CrossValidated honest = CrossValidation.of(5, 10, 42).run(report.dataset().questions(), Fit.best(prompts));
 *
 * honest.choice();        // the best on all questions, such as "prompt 3"
 * honest.apparent();      // its mean there: too good, because it was chosen for it
 * honest.outOfFold();     // what choosing in this way gets on questions that did not choose
 * honest.interval();      // 95 %
 * honest.optimism();      // the winner's curse: apparent less out-of-fold
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.selection;

import org.jspecify.annotations.NullMarked;
