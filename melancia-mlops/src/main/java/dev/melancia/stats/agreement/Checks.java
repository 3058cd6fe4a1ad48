package dev.melancia.stats.agreement;

/** What every method here asks of its arguments. */
final class Checks {

    private Checks() {}

    static void finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be a finite number, was " + values[i]
                        + "; leave pairs out that were not measured");
            }
        }
    }

    static void sameLength(int first, int second) {
        if (first != second) {
            throw new IllegalArgumentException("both must have the same length, were " + first + " and " + second);
        }
    }

    static void level(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
    }
}
