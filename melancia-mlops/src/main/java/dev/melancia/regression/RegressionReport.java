package dev.melancia.regression;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.SubjectReport;
import java.util.ArrayList;
import java.util.List;

/**
 * A run against an earlier one. Compared are subjects of one name, on questions of one id that were the same in both runs;
 * what was left out is told. Not for two models: they are two subjects of one run. Immutable.
 *
 * <p>An earlier run is kept as its folder: score it again with the scorers of today, so that a changed scorer is not taken
 * for a changed model.
 *
 * @since 0.1.0
 */
public final class RegressionReport {

    private static final String EARLIER = " (earlier)";

    private final BenchmarkReport now;
    private final QuestionSets questions;
    private final List<SubjectRegression> subjects;
    private final List<String> onlyEarlier;
    private final List<String> onlyNow;

    private RegressionReport(BenchmarkReport earlier, BenchmarkReport now) {
        this.now = now;
        questions =
                new QuestionSets(earlier.dataset().questions(), now.dataset().questions());
        List<String> before = names(earlier);
        List<String> after = names(now);
        onlyEarlier = before.stream().filter(name -> !after.contains(name)).toList();
        onlyNow = after.stream().filter(name -> !before.contains(name)).toList();
        List<String> both = after.stream().filter(before::contains).toList();
        if (both.isEmpty()) {
            throw new IllegalArgumentException("two runs must have a subject in common; the earlier one has " + before
                    + ", this one " + after + "; give what replaces a subject its name");
        }
        subjects = compare(
                both.stream()
                        .map(name -> only(earlier.subject(name), name + EARLIER))
                        .toList(),
                both.stream().map(name -> only(now.subject(name), name)).toList());
    }

    private SubjectReport only(SubjectReport subject, String name) {
        return subject.only(questions.same(), name);
    }

    private static List<SubjectRegression> compare(List<SubjectReport> earlier, List<SubjectReport> now) {
        List<PairComparison> pairs = PairComparison.between(now, earlier);
        List<SubjectRegression> compared = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            compared.add(new SubjectRegression(earlier.get(i), now.get(i), pairs.get(i)));
        }
        return List.copyOf(compared);
    }

    private static List<String> names(BenchmarkReport report) {
        return report.subjects().stream().map(SubjectReport::name).toList();
    }

    /**
     * Compares this run with an earlier one.
     *
     * @throws IllegalArgumentException when they have no subject in common
     */
    public static RegressionReport of(BenchmarkReport earlier, BenchmarkReport now) {
        return new RegressionReport(requireNonNull(earlier, "earlier"), requireNonNull(now, "now"));
    }

    /** This run in full. */
    public BenchmarkReport now() {
        return now;
    }

    /** The subjects that both runs have, in this run's order. */
    public List<SubjectRegression> subjects() {
        return subjects;
    }

    /**
     * One subject's part.
     *
     * @throws IllegalArgumentException when not both runs have it
     */
    public SubjectRegression subject(String name) {
        return subjects.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("not both runs have a subject \"" + name + "\"; both have "
                                + subjects.stream().map(SubjectRegression::name).toList()));
    }

    /** How many questions are the same in both runs. */
    public int sameQuestions() {
        return questions.same().size();
    }

    /**
     * Ids of questions that are not what they were: text, context, references, sources, whether there is an answer; and all
     * turns of a conversation of which one turn changed. They are not compared.
     */
    public List<String> changedQuestions() {
        return questions.changed();
    }

    /** Ids of questions that only this run has. */
    public List<String> addedQuestions() {
        return questions.added();
    }

    /** Ids of questions that only the earlier run has. */
    public List<String> removedQuestions() {
        return questions.removed();
    }

    /** Names of subjects that only the earlier run has. */
    public List<String> onlyEarlier() {
        return onlyEarlier;
    }

    /** Names of subjects that only this run has. */
    public List<String> onlyNow() {
        return onlyNow;
    }

    /** A few lines for people, without questions or answers. */
    public String text(ReportLanguage language) {
        return new RegressionText(this, language).lines();
    }

    /** Sizes. */
    @Override
    public String toString() {
        return "RegressionReport[" + subjects.size() + " subjects, " + sameQuestions() + " same questions]";
    }
}
