package dev.melancia.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.ParetoFront;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The whole report as one JSON object; what is unknown is absent, money is a decimal text in US dollars. */
final class JsonReport {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    static String render(BenchmarkReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", VERSION);
        root.put("dataset", report.dataset().name());
        run(report.result(), root);
        ArrayNode scorers = root.putArray("scorers");
        report.scorers().forEach(scorer -> scorer(scorer, scorers.addObject()));
        ArrayNode metrics = root.putArray("metrics");
        report.metrics().forEach(metric -> metric(metric, metrics.addObject()));
        ArrayNode questions = root.putArray("questions");
        report.dataset().questions().forEach(question -> question(question, questions.addObject()));
        ArrayNode subjects = root.putArray("subjects");
        report.subjects().forEach(subject -> JsonSubjects.write(subject, subjects.addObject()));
        ArrayNode pairs = root.putArray("pairs");
        report.pairs().forEach(pair -> JsonPairs.write(pair, pairs.addObject()));
        pareto(report.pareto(), root.putObject("pareto"));
        return root.toPrettyString() + "\n";
    }

    private static void run(BenchmarkResult run, ObjectNode node) {
        node.put("startedAt", run.startedAt().toString());
        node.put("mode", run.mode().name().toLowerCase(Locale.ROOT));
        node.put("warmUp", run.warmUp());
        node.put("repeats", run.repeats());
        node.put("seed", run.seed());
        node.put("endedBy", run.endedBy().name().toLowerCase(Locale.ROOT));
        node.put("unasked", run.unasked());
        node.put("inDoubt", run.inDoubt());
    }

    private static void scorer(Scorer scorer, ObjectNode node) {
        node.put("name", scorer.name());
        node.put("low", scorer.scale().low());
        node.put("high", scorer.scale().high());
        node.put("higherIsBetter", scorer.scale().higherIsBetter());
        node.put("yesNo", scorer.scale().yesNo());
        node.put("measures", scorer.measures());
        node.put("blindTo", scorer.blindTo());
        node.put("agreement", scorer.agreement());
    }

    private static void metric(Metric metric, ObjectNode node) {
        node.put("name", metric.name());
        node.put("kind", metric.kind().name().toLowerCase(Locale.ROOT));
        if (!metric.unit().isEmpty()) {
            node.put("unit", metric.unit());
        }
        if (metric.kind() != Metric.Kind.FACT) {
            node.put("higherIsBetter", metric.higherIsBetter());
        }
    }

    private static void question(Question question, ObjectNode node) {
        node.put("id", question.id());
        node.put("question", question.text());
        node.put("answerable", question.isAnswerable());
        texts(node, "references", question.references());
        texts(node, "sources", question.sources());
        texts(node, "tags", question.tags());
        question.context().ifPresent(context -> node.put("context", context));
        question.conversation().ifPresent(conversation -> node.put("conversation", conversation));
        node.put("group", question.group());
    }

    private static void pareto(ParetoFront front, ObjectNode node) {
        texts(node, "metrics", front.metrics().stream().map(Metric::name).toList());
        ArrayNode points = node.putArray("subjects");
        for (ParetoFront.Point point : front.points()) {
            ObjectNode one = points.addObject();
            one.put("subject", point.subject());
            one.put("standing", point.standing().name().toLowerCase(Locale.ROOT));
            texts(one, "dominatedBy", point.dominatedBy());
        }
    }

    static void texts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    /** Both languages, for a program that passes them on to people. */
    static void sentences(ObjectNode node, Function<ReportLanguage, String> sentence) {
        for (ReportLanguage language : ReportLanguage.values()) {
            node.put(language.tag(), sentence.apply(language));
        }
    }
}
