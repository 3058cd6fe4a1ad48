package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.analysis.Verdict;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to tell somebody who reads one paragraph. */
final class Conclusions {

    /** Characters of a time up to its minutes. */
    private static final int MINUTES = 16;

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;

    Conclusions(BenchmarkReport report, Figures figures) {
        this.report = report;
        this.figures = figures;
        this.labels = figures.labels();
    }

    /**
     * One sentence.
     *
     * @param text with a capital and a full stop
     * @param shown whether it tells of a difference that the data show
     */
    record Sentence(String text, boolean shown) {}

    /** Who leads in the first metric, and over whom that is shown; empty with one subject or nothing to compare. */
    Optional<Sentence> lead() {
        Metric metric = headline();
        Comparator<SubjectReport> byMean = Comparator.comparingDouble(
                subject -> subject.metric(metric.name()).mean().orElseThrow());
        Optional<SubjectReport> best = report.subjects().stream()
                .filter(subject -> subject.metric(metric.name()).mean().isPresent())
                .max(metric.higherIsBetter() ? byMean : byMean.reversed());
        return best.filter(subject -> report.subjects().size() > 1).map(subject -> lead(subject, metric));
    }

    private Sentence lead(SubjectReport best, Metric metric) {
        String figure = figures.summary(best.metric(metric.name())).line();
        String key = metric.higherIsBetter() ? "lead.best" : "lead.best.low";
        StringBuilder text = new StringBuilder(labels.get(key, best.name(), metric.label(labels.language()), figure));
        List<String> beaten = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (SubjectReport other : report.subjects()) {
            if (!other.name().equals(best.name())) {
                (isBeaten(best.name(), other.name(), metric) ? beaten : open).add(other.name());
            }
        }
        if (!beaten.isEmpty()) {
            text.append(' ').append(labels.get("lead.shown", list(beaten)));
        }
        if (!open.isEmpty()) {
            text.append(' ').append(labels.get("lead.open", list(open)));
        }
        return new Sentence(text.toString(), !beaten.isEmpty());
    }

    private boolean isBeaten(String best, String other, Metric metric) {
        PairComparison pair = report.pair(best, other);
        Verdict wanted = pair.first().equals(best) ? Verdict.FIRST_BETTER : Verdict.SECOND_BETTER;
        return pair.metric(metric.name()).verdict() == wanted;
    }

    private String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : String.join(", ", names.subList(0, last)) + " " + labels.get("and") + " " + names.get(last);
    }

    /** One sentence a pair. */
    List<Sentence> pairs() {
        return report.pairs().stream()
                .map(pair -> new Sentence(sentence(pair.sentence(labels.language())), isDecided(pair)))
                .toList();
    }

    private static boolean isDecided(PairComparison pair) {
        return pair.metrics().stream()
                .map(MetricComparison::verdict)
                .anyMatch(verdict -> verdict == Verdict.FIRST_BETTER || verdict == Verdict.SECOND_BETTER);
    }

    private static String sentence(String text) {
        String ended = text.endsWith(".") ? text : text + ".";
        // Names stay as they are: only the sentences that begin with a word of ours get a capital.
        boolean ours = ended.startsWith("no ")
                || ended.startsWith("too ")
                || ended.startsWith("nothing ")
                || ended.startsWith("com ")
                || ended.startsWith("perguntas ")
                || ended.startsWith("nada ");
        return ours ? ended.substring(0, 1).toUpperCase(Locale.ROOT) + ended.substring(1) : ended;
    }

    /** The metric that stands for quality: the first scorer's. */
    Metric headline() {
        return report.metrics().get(0);
    }

    /** How the run was made. */
    List<String> settings() {
        BenchmarkResult run = report.result();
        List<String> settings = new ArrayList<>(List.of(
                counted("settings.questions", report.dataset().questions().size()),
                counted("settings.subjects", report.subjects().size())));
        if (run.mode() == Benchmark.Mode.QUICK) {
            settings.add(labels.get("settings.quick"));
        }
        if (run.repeats() > 1) {
            settings.add(labels.get("settings.repeats", run.repeats()));
        }
        settings.add(labels.get("settings.warmUp", run.warmUp()));
        settings.add(labels.get("settings.seed", run.seed()));
        String started = run.startedAt().toString();
        settings.add(
                labels.get("settings.started", started.substring(0, MINUTES).replace('T', ' ')));
        return settings;
    }

    private String counted(String label, int count) {
        return labels.get(count == 1 ? label + ".one" : label, count);
    }

    /** What a reader must know before the figures; empty when all went well. */
    List<String> warnings() {
        return new Warnings(report, labels).all();
    }
}
