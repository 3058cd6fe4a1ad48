package dev.melancia.benchmarks;

import java.util.random.RandomGenerator;

/**
 * Law of a score on [0, 1]: a mass at 0, a mass at 1, and between them {@code v^power} of a uniform v. Mean and draws are exact, so
 * that coverage is of the truth.
 */
record SimulatedScores(double atZero, double atOne, double power) {

    static SimulatedScores passRate(double rate) {
        return new SimulatedScores(1 - rate, rate, 1);
    }

    double mean() {
        return atOne + (1 - atZero - atOne) / (power + 1);
    }

    /** The score whose place in the law is the uniform draw. */
    double at(double uniform) {
        if (uniform < atZero) {
            return 0;
        }
        if (uniform >= 1 - atOne) {
            return 1;
        }
        return Math.pow((uniform - atZero) / (1 - atZero - atOne), power);
    }

    /** A uniform draw that is the shared one with the given chance, else its own: so draws correlate. */
    static double shared(double shared, double chance, RandomGenerator random) {
        double own = random.nextDouble();
        return random.nextDouble() < chance ? shared : own;
    }
}
