package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reader must know before the figures. */
final class Warnings {

    private final BenchmarkReport report;
    private final Labels labels;

    Warnings(BenchmarkReport report, Labels labels) {
        this.report = report;
        this.labels = labels;
    }

    /** Empty when all went well. */
    List<String> all() {
        BenchmarkResult run = report.result();
        List<String> warnings = new ArrayList<>();
        if (run.endedBy() != BenchmarkResult.EndedBy.ALL_ASKED) {
            warnings.add(labels.get("ended." + run.endedBy(), run.unasked()));
        }
        if (run.inDoubt() > 0) {
            warnings.add(labels.get("inDoubt", run.inDoubt()));
        }
        List<Question> questions = report.dataset().questions();
        if (questions.stream().noneMatch(Warnings::isAnswerable)) {
            warnings.add(labels.get("warning.unanswerable", questions.size()));
        }
        for (Metric metric : report.metrics()) {
            if (metric.kind() == Metric.Kind.QUALITY && isOnDifferentQuestions(metric.name())) {
                warnings.add(labels.get("warning.differentQuestions", metric.label(labels.language()), counts(metric)));
            }
        }
        return warnings;
    }

    private static boolean isAnswerable(Question question) {
        return question.isAnswerable() || !question.references().isEmpty();
    }

    private String counts(Metric metric) {
        return report.subjects().stream()
                .map(subject -> subject.name() + " "
                        + labels.get("n", subject.metric(metric.name()).n()))
                .collect(Collectors.joining(", "));
    }

    /** Whether the scorer has something to say of one subject's answer and nothing of another's to the same question. */
    private boolean isOnDifferentQuestions(String scorer) {
        Map<String, Set<Boolean>> seen = new HashMap<>();
        for (SubjectReport subject : report.subjects()) {
            applies(subject, scorer)
                    .forEach((id, applies) ->
                            seen.computeIfAbsent(id, key -> new HashSet<>()).add(applies));
        }
        return seen.values().stream().anyMatch(both -> both.size() > 1);
    }

    /** By question; those that were never answered are left out, the failure rate tells of them. */
    private static Map<String, Boolean> applies(SubjectReport subject, String scorer) {
        Map<String, Boolean> applies = new HashMap<>();
        for (Outcome outcome : subject.outcomes()) {
            if (outcome.reply().isPresent()) {
                boolean applicable = !(outcome.score(scorer) instanceof Score.NotApplicable);
                applies.merge(outcome.question().id(), applicable, Boolean::logicalOr);
            }
        }
        return applies;
    }
}
