package dev.melancia.regression;

import dev.melancia.analysis.ReportLanguage;
import java.util.ArrayList;
import java.util.List;

/** What a regression report says to people. */
final class RegressionText {

    private static final int MOST_IDS = 10;

    private final RegressionReport report;
    private final boolean portuguese;
    private final ReportLanguage language;

    RegressionText(RegressionReport report, ReportLanguage language) {
        this.report = report;
        this.language = language;
        portuguese = language == ReportLanguage.PORTUGUESE;
    }

    String lines() {
        List<String> lines = new ArrayList<>();
        int same = report.sameQuestions();
        lines.add(same
                + (same == 1
                        ? pick(" question compared", " pergunta comparada")
                        : pick(" questions compared", " perguntas comparadas")));
        add(lines, pick("changed, not compared: ", "mudaram, não comparadas: "), report.changedQuestions());
        add(lines, pick("new: ", "novas: "), report.addedQuestions());
        add(lines, pick("no longer asked: ", "já não são feitas: "), report.removedQuestions());
        add(lines, pick("subjects only in the earlier run: ", "só na execução anterior: "), report.onlyEarlier());
        add(lines, pick("subjects only in this run: ", "só nesta execução: "), report.onlyNow());
        // A sentence of no difference names nobody.
        boolean several = report.subjects().size()
                        + report.onlyEarlier().size()
                        + report.onlyNow().size()
                > 1;
        for (SubjectRegression subject : report.subjects()) {
            lines.add((several ? subject.name() + ": " : "")
                    + subject.comparison().sentence(language));
            add(lines, subject.name() + pick(": new failures: ", ": falhas novas: "), subject.newFailures());
            add(lines, subject.name() + pick(": fixed: ", ": falhas resolvidas: "), subject.fixedFailures());
        }
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String head, List<String> ids) {
        if (!ids.isEmpty()) {
            lines.add(head + ids(ids));
        }
    }

    /** The first ten, and how many there are. */
    static String ids(List<String> ids) {
        String shown = String.join(", ", ids.subList(0, Math.min(MOST_IDS, ids.size())));
        return ids.size() > MOST_IDS ? shown + ", … (" + ids.size() + ")" : shown;
    }

    private String pick(String english, String inPortuguese) {
        return portuguese ? inPortuguese : english;
    }
}
