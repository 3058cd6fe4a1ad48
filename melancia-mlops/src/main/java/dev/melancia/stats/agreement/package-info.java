/**
 * How well two measurements of one thing agree: a scorer with people, a judge with people, a score with right and wrong. Pure
 * functions; depends on {@code dev.melancia.stats} only.
 *
 * <pre>{@code
 * Correlation.pearson(scores, ratings).interval(0.95);
 * Kappa.of(judgeVerdicts, humanVerdicts).interval(0.95);
 *
 * Auc scorer = Auc.of(right, scorerValues);
 * Auc tokenF1 = Auc.of(right, tokenF1Values);
 * AucDifference gain = AucDifference.of(scorer, tokenF1);
 * gain.bootstrapInterval(questionIds, 0.95, 42);   // several answers to one question are not independent
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.stats.agreement;

import org.jspecify.annotations.NullMarked;
