package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for asking several questions at once: with it, the chance of even one false alarm over the whole family
 * stays at or below alpha, whatever the dependence between the tests. Stateless.
 *
 * <p>Adjusted values, smallest first: {@code p'(k) = max over j <= k of min(1, (K - j + 1) p(j))}, K the number of tests.
 * Never weaker than Bonferroni's correction. Not for thousands of tests, where a false discovery rate is wanted. Source:
 * Holm 1979, Scandinavian Journal of Statistics 6, 65-70 (<a
 * href="https://www.jstor.org/stable/4615733">JSTOR</a>).
 *
 * @since 0.1.0
 */
public final class Holm {

    private Holm() {}

    /**
     * Adjusted p-values, in the order given; reject those below alpha.
     *
     * @param pValues one p-value per test, each in [0, 1]; may be empty
     * @throws IllegalArgumentException if a value is outside [0, 1] or NaN
     */
    public static double[] adjust(double... pValues) {
        requireNonNull(pValues, "pValues");
        for (int i = 0; i < pValues.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new IllegalArgumentException("pValues[" + i + "] must be in [0, 1], was " + pValues[i]);
            }
        }
        int[] ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            double scaled = (ascending.length - rank) * pValues[ascending[rank]];
            largest = Math.max(largest, Math.min(1, scaled));
            adjusted[ascending[rank]] = largest;
        }
        return adjusted;
    }
}
