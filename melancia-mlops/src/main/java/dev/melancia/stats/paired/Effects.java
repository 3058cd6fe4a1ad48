package dev.melancia.stats.paired;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/** Effect sizes of paired differences. */
final class Effects {

    private Effects() {}

    static OptionalDouble standardized(double[] differences) {
        int n = differences.length;
        if (n < 3) {
            return OptionalDouble.empty();
        }
        double shift = differences[0];
        double mean = shift + Arrays.stream(differences).map(d -> d - shift).sum() / n;
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        if (squares == 0) {
            return OptionalDouble.empty();
        }
        double factor = 1 - 3 / (4 * (n - 1.0) - 1);
        return OptionalDouble.of(factor * mean / Math.sqrt(squares / (n - 1)));
    }

    static OptionalDouble rankBiserial(double[] differences) {
        double[] ordered = Arrays.stream(differences)
                .filter(d -> d != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(Math::abs))
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (ordered.length == 0) {
            return OptionalDouble.empty();
        }
        double balance = 0;
        for (int start = 0; start < ordered.length; ) {
            int end = start;
            double signs = 0;
            while (end < ordered.length && Math.abs(ordered[end]) == Math.abs(ordered[start])) {
                signs += Math.signum(ordered[end++]);
            }
            balance += signs * (start + 1 + end) / 2;
            start = end;
        }
        return OptionalDouble.of(balance / (ordered.length * (ordered.length + 1.0) / 2));
    }
}
