/**
 * How similar in meaning two Portuguese texts are, tuned to what people said.
 *
 * <pre>{@code
 * PortugueseSimilarity similarity = PortugueseSimilarity.create();    // keep it
 *
 * similarity.between("O prazo é de 30 dias.", "o prazo e de trinta dias");            // 1
 * similarity.between("A bolsa caiu 2% ontem.", "Ontem, a bolsa teve queda de 2%.");   // high
 * similarity.between("A bolsa caiu 2% ontem.", "O gato dorme no sofá.");              // near 0
 * }</pre>
 *
 * <p>How it works, its agreement with people, and what it cannot see: {@code docs/similarity.md}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.similarity;

import org.jspecify.annotations.NullMarked;
