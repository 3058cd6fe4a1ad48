package dev.melancia.report;

import dev.melancia.analysis.CostSummary;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.cost.Cost;
import dev.melancia.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people of one language read them, whatever the machine's locale. Immutable. */
final class Figures {

    private static final int DIGITS = 3;
    private static final double LEAST_P = .001;
    private static final int PERCENT = 100;
    private static final Pattern UNKNOWN_FOR = Pattern.compile("unknown for (\\d+) of (\\d+) answered calls");

    private final Labels labels;

    Figures(Labels labels) {
        this.labels = labels;
    }

    Labels labels() {
        return labels;
    }

    /** A value of a metric, with its unit. */
    String value(double value, Metric metric) {
        if (metric.yesNo()) {
            return decimals(PERCENT * value, 1) + " %";
        }
        return switch (metric.unit()) {
            case "" -> decimals(value, 2);
            case "s" -> time(value);
            case "USD" -> (value == 0 ? "0" : digits(value)) + " USD";
            case "tokens" -> decimals(value, 0);
            default -> digits(value) + " " + metric.unit();
        };
    }

    /** Such as {@code [0.40, 0.54]}, to stand beside a value that carries the unit. */
    String interval(Interval interval, Metric metric, double beside) {
        double low = interval.low();
        double high = interval.high();
        if (metric.yesNo()) {
            return brackets(decimals(PERCENT * low, 1), decimals(PERCENT * high, 1));
        }
        return switch (metric.unit()) {
            case "" -> brackets(decimals(low, 2), decimals(high, 2));
            case "s" -> {
                double factor = factor(beside);
                int places = places(beside);
                yield brackets(decimals(low * factor, places), decimals(high * factor, places));
            }
            case "tokens" -> brackets(decimals(low, 0), decimals(high, 0));
            default -> brackets(digits(low), digits(high));
        };
    }

    /** A decimal comma wants something else between two numbers. */
    private String brackets(String low, String high) {
        return "[" + low + (labels.language() == ReportLanguage.PORTUGUESE ? "; " : ", ") + high + "]";
    }

    private static double factor(double seconds) {
        double size = Math.abs(seconds);
        return size >= 1 || size == 0 ? 1 : size >= 1e-3 ? 1e3 : 1e6;
    }

    private static int places(double seconds) {
        double factor = factor(seconds);
        return factor == 1 ? 2 : Math.abs(seconds) * factor >= 10 ? 0 : 1;
    }

    private static String timeUnit(double factor) {
        return factor == 1 ? " s" : factor == 1e3 ? " ms" : " µs";
    }

    /** A time in the unit that suits it. */
    String time(double seconds) {
        double factor = factor(seconds);
        return decimals(seconds * factor, places(seconds)) + timeUnit(factor);
    }

    /** With its sign, a true minus. */
    String difference(double value, Metric metric) {
        return (value > 0 ? "+" : "") + value(value, metric).replace(" %", " pp");
    }

    /** The interval, marked when it is to be read with caution; or why there is none. */
    String interval(MetricSummary summary) {
        String mark = summary.caution().isPresent() ? labels.get("caution.mark") : "";
        return summary.interval()
                .map(found -> interval(found, summary.metric(), summary.mean().orElse(0)) + mark)
                .orElseGet(() -> "(" + reason(summary.noInterval().orElse("")) + ")");
    }

    /** Mean, interval, n: {@code 0.47 [0.40, 0.54] n=60}. */
    Cell summary(MetricSummary summary) {
        if (summary.n() == 0) {
            boolean scored = summary.metric().kind() == Metric.Kind.QUALITY;
            return Cell.none(labels.get(summary.failed() > 0 ? "none" : scored ? "nothing" : "unknown"));
        }
        if (summary.mean().isEmpty()) {
            return Cell.none(reason(summary.noInterval().orElse("")));
        }
        double mean = summary.mean().getAsDouble();
        return new Cell(value(mean, summary.metric()), note(summary), mean);
    }

    String note(MetricSummary summary) {
        return interval(summary)
                + " " + labels.get("n", integer(summary.n()))
                + (summary.failed() == 0 ? "" : ", " + labels.get("scorerFailed", integer(summary.failed())));
    }

    /** Reasons come in English; those known are said in short and in the report's language. */
    String reason(String reason) {
        Matcher unknown = UNKNOWN_FOR.matcher(reason);
        if (unknown.matches()) {
            return labels.get("reason.unknown", unknown.group(1), unknown.group(2));
        }
        String known = labels.texts().get("reason." + reason.replaceFirst(":.*", ""));
        return known == null ? reason : known;
    }

    String p(double value) {
        return value < LEAST_P ? "< " + decimals(LEAST_P, 3) : decimals(value, 3);
    }

    /** Exact money, to three digits. */
    String usd(BigDecimal usd) {
        String text = usd.signum() == 0
                ? "0"
                : usd.round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
        return local(text) + " USD";
    }

    /** The sum of all calls; where some are unknown, that of the others and how many they are. */
    Cell totalCost(CostSummary cost) {
        if (cost.known() == 0) {
            return Cell.none(labels.get("unknown"));
        }
        BigDecimal sum = cost.sumOfKnown().usd().orElse(BigDecimal.ZERO);
        String text = (cost.sumOfKnown().kind() == Cost.Kind.ESTIMATED ? "~" : "") + usd(sum);
        return cost.known() == cost.calls()
                ? new Cell(text, "", sum.doubleValue())
                : new Cell(labels.get("unknown"), text + " " + known(cost), Double.NaN);
    }

    private String known(CostSummary cost) {
        return labels.get("known", integer(cost.known()), integer(cost.calls()));
    }

    String decimals(double value, int places) {
        String text = String.format(Locale.ROOT, "%." + places + "f", value);
        return local(text.matches("-0(\\.0+)?") ? text.substring(1) : text);
    }

    String digits(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return local(rounded.toPlainString());
    }

    String integer(long value) {
        return Long.toString(value);
    }

    /** With marks between thousands. */
    String grouped(long value) {
        String mark = labels.language() == ReportLanguage.PORTUGUESE ? "." : ",";
        return Long.toString(value).replaceAll("\\B(?=(\\d{3})+$)", mark);
    }

    private String local(String number) {
        return number.replace('.', labels.language().decimalSeparator()).replace('-', '\u2212');
    }
}
