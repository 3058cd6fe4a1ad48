/**
 * What an answer is worth. A {@link dev.melancia.scorer.Scorer} judges one {@link dev.melancia.scorer.Answer} to one
 * {@link dev.melancia.scorer.Question}; the ones here need no model, know Portuguese, and cannot be bought with length or
 * with "não sei".
 *
 * <pre>{@code
 * Question question = Question.of("q1", "Qual é o prazo?", "30 dias", "trinta dias");
 * Answer answer = Answer.of("O prazo é de 30 dias.");
 * Score score = Scorers.tokenF1().score(question, answer);      // value 0.8
 *
 * Scorer brief = Scorer.of(
 *         "brief", ScoreScale.yesNoScale(), (q, a) -> Score.of(a.text().length() <= 300 ? 1 : 0));
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.scorer;

import org.jspecify.annotations.NullMarked;
