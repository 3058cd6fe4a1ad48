package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.List;
import java.util.OptionalDouble;

/** Takes the fit with the best mean on inner folds that did not fit it. Immutable. */
final class NestedFit implements Fit {

    private final List<Fit> fits;
    private final CrossValidation inner;

    NestedFit(List<Fit> fits, int folds, long seed) {
        this.fits = List.copyOf(fits);
        inner = CrossValidation.of(folds, 1, seed);
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one fit, was none");
        }
        if (fits.stream().anyMatch(fit -> fit.higherIsBetter() != higherIsBetter())) {
            throw new IllegalArgumentException("fits must have the same better end; these have not");
        }
    }

    @Override
    public boolean higherIsBetter() {
        return fits.get(0).higherIsBetter();
    }

    @Override
    public double low() {
        return fits.stream().mapToDouble(Fit::low).min().orElseThrow();
    }

    @Override
    public double high() {
        return fits.stream().mapToDouble(Fit::high).max().orElseThrow();
    }

    @Override
    public Fitted on(List<Question> training) {
        if (fits.size() == 1) {
            return fits.get(0).on(training);
        }
        double sign = higherIsBetter() ? 1 : -1;
        Fit best = fits.get(0);
        double most = Double.NEGATIVE_INFINITY;
        for (Fit fit : fits) {
            OptionalDouble mean = inner.run(training, fit).outOfFold();
            if (mean.isPresent() && sign * mean.getAsDouble() > most) {
                most = sign * mean.getAsDouble();
                best = fit;
            }
        }
        return best.on(training);
    }
}
