/**
 * Portuguese text, read the way that comparing texts needs it: words in one form, numbers in one form, sentences, stems,
 * proper names. Pure functions without models or files; English passes through unharmed.
 *
 * <pre>{@code
 * List<String> words = PortugueseWords.of("Às três horas, 50 por cento!");  // as, 3, horas, 50, %
 * Set<String> content = PortugueseWords.content(words);                     // 3, horas, 50, %
 * boolean negated = words.stream().anyMatch(PortugueseWords::isNegation);   // false
 * String stem = PortugueseStemmer.stem("alugaram");                         // the same as of "alugado"
 * List<String> sentences = Sentences.of("O Dr. Silva veio. Saiu.");         // "O Dr. Silva veio.", "Saiu."
 * Set<String> names = ProperNames.of("Ontem a Petrobras caiu.");            // petrobras
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.text;

import org.jspecify.annotations.NullMarked;
