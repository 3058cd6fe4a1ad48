package dev.melancia.report;

import dev.melancia.comparison.RunsReport;

/** Runs side by side for a terminal. */
final class RunsText {

    private RunsText() {}

    static String render(RunsReport report) {
        RunsTables tables = new RunsTables(report, 0);
        StringBuilder out = new StringBuilder("Runs compared\n");
        out.append(TextTable.wrapped(String.join(" · ", tables.settings()), "")).append('\n');
        tables.conclusions()
                .forEach(sentence -> out.append(TextTable.wrapped(sentence.text(), sentence.shown() ? "* " : "- ")));
        out.append('\n').append(TextTable.table(tables.runs()));
        out.append('\n')
                .append(tables.params().isEmpty() ? "No parameter differs.\n" : TextTable.table(tables.params()));
        if (!tables.metrics().isEmpty()) {
            out.append('\n').append(TextTable.table(tables.metrics()));
        }
        if (!tables.pairs().isEmpty()) {
            out.append('\n').append(TextTable.wide(tables.pairs()));
        }
        if (!tables.undirected().isEmpty()) {
            out.append('\n')
                    .append(TextTable.wrapped(
                            "Unknown whether more or less is better: " + String.join(", ", tables.undirected()), "! "));
        }
        return out.append('\n').append(TextTable.wrapped(RunsTables.HOW, "")).toString();
    }
}
