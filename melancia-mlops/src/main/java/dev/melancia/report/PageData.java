package dev.melancia.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.scorer.Question;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the page's script needs to show single questions, as JSON by columns: every text is kept once, in {@code texts},
 * and meant by its index (-1 for none). Rows of {@code answers} are questions in the dataset's order, each with its repeats.
 */
final class PageData {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String WORDS = "js.";

    private final BenchmarkReport report;
    private final Labels labels;
    private final TextPool pool = new TextPool();
    private final TextPool tags = new TextPool();

    private PageData(BenchmarkReport report, Labels labels) {
        this.report = report;
        this.labels = labels;
    }

    /** The JSON, safe inside a script element. */
    static String json(BenchmarkReport report, Figures figures) {
        int repeats = report.result().repeats();
        return new PageData(report, figures.labels()).root(repeats).toString().replace("<", "\\u003c");
    }

    private ObjectNode root(int repeats) {
        ObjectNode root = JSON.createObjectNode();
        root.put("repeats", repeats);
        words(root.putObject("words"));
        List<PageColumn> columns = PageColumn.of(report, labels);
        ArrayNode metrics = root.putArray("metrics");
        columns.forEach(column -> column.describe(metrics.addObject()));
        ArrayNode names = root.putArray("subjects");
        ArrayNode letters = root.putArray("letters");
        ArrayNode answers = root.putArray("answers");
        for (SubjectReport subject : report.subjects()) {
            letters.add(Subjects.letter(names.size()));
            names.add(subject.name());
            PageAnswers rows = new PageAnswers(report.dataset().questions(), repeats, pool);
            rows.write(subject.outcomes(), columns, answers.addObject());
        }
        costs(root.putArray("costs"));
        questions(root.putObject("questions"));
        texts(root, "tags", tags.texts());
        texts(root, "texts", pool.texts());
        return root;
    }

    /** Of each subject the mean cost of a call in US dollars and the ends of its interval; null where it is not known. */
    private void costs(ArrayNode costs) {
        String cost = Metrics.cost(report).name();
        for (SubjectReport subject : report.subjects()) {
            MetricSummary summary = subject.metric(cost);
            if (summary.mean().isEmpty()) {
                costs.addNull();
                continue;
            }
            ArrayNode one = costs.addArray().add(summary.mean().getAsDouble());
            summary.interval()
                    .ifPresentOrElse(
                            found -> one.add(found.low()).add(found.high()),
                            () -> one.addNull().addNull());
        }
    }

    private void words(ObjectNode words) {
        for (Map.Entry<String, String> entry : new TreeMap<>(labels.texts()).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(WORDS + "finish.")) {
                words.withObject("/finish").put(key.substring((WORDS + "finish.").length()), entry.getValue());
            } else if (key.startsWith(WORDS)) {
                words.put(key.substring(WORDS.length()), entry.getValue());
            }
        }
    }

    private void questions(ObjectNode node) {
        for (String column :
                List.of("id", "text", "references", "sources", "context", "tags", "conversation", "refuse")) {
            node.putArray(column);
        }
        for (Question question : report.dataset().questions()) {
            node.withArray("/id").add(question.id());
            node.withArray("/text").add(pool.index(question.text()));
            indexes(node.withArray("/references").addArray(), question.references(), pool);
            indexes(node.withArray("/sources").addArray(), question.sources(), pool);
            node.withArray("/context").add(question.context().map(pool::index).orElse(TextPool.NONE));
            indexes(node.withArray("/tags").addArray(), question.tags(), tags);
            node.withArray("/conversation")
                    .add(question.conversation().map(pool::index).orElse(TextPool.NONE));
            node.withArray("/refuse").add(question.isAnswerable() ? 0 : 1);
        }
    }

    static void indexes(ArrayNode array, List<String> texts, TextPool pool) {
        texts.forEach(text -> array.add(pool.index(text)));
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }
}
