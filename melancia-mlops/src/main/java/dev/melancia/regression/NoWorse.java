package dev.melancia.regression;

import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.Verdict;
import dev.melancia.stats.Interval;
import java.util.Locale;

/** Non-inferiority to the earlier run, in the metric's unit. Immutable. */
record NoWorse(String metric, double margin) implements Rule {

    NoWorse {
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("margin must be at least 0 and finite, was " + margin);
        }
    }

    @Override
    public String words() {
        return metric + " no worse by more than " + margin;
    }

    @Override
    public boolean needsEarlierRun() {
        return true;
    }

    @Override
    public Judgement check(SubjectRegression subject) {
        MetricComparison compared = subject.compared(metric);
        if (compared.difference().isEmpty()) {
            return Judgement.open(false, compared.reason());
        }
        double sign = compared.metric().higherIsBetter() ? 1 : -1;
        double gain = sign * compared.difference().getAsDouble();
        String evidence = evidence(compared, sign, gain);
        if (subject.worse(metric, 0).isEmpty()) {
            return Judgement.held("no question became worse; " + evidence);
        }
        if (compared.verdict() == Verdict.SECOND_BETTER && gain < -margin) {
            return Judgement.broken(evidence);
        }
        if (compared.interval().isEmpty()) {
            return Judgement.open(gain >= -margin, evidence + " (" + compared.reason() + ")");
        }
        double low = low(compared.interval().get(), sign);
        return low >= -margin
                ? Judgement.held(evidence)
                : Judgement.open(gain >= -margin, evidence + remedy(compared.n(), gain, low));
    }

    private static double low(Interval interval, double sign) {
        return sign > 0 ? interval.low() : -interval.high();
    }

    private static String evidence(MetricComparison compared, double sign, double gain) {
        String range = compared.interval()
                .map(found -> String.format(
                        Locale.ROOT, " [%+.3g, %+.3g]", low(found, sign), sign > 0 ? found.high() : -found.low()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "changed for the better by %+.3g%s, Holm p %.2g, n=%d",
                gain,
                range,
                compared.adjustedPValue().orElse(1),
                compared.n());
    }

    /** The interval's half narrows with the square root of n: how many questions would have settled it. */
    private String remedy(int n, double gain, double low) {
        if (gain <= -margin) {
            return "";
        }
        double factor = (gain - low) / (gain + margin);
        return "; about " + (long) Math.ceil(n * factor * factor) + " questions would settle it";
    }
}
