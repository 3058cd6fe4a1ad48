package dev.melancia.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.Quantile;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.Interval;
import dev.melancia.stats.ProportionEstimate;
import java.math.BigDecimal;
import java.util.List;

/** The whole report as one JSON object; what is unknown is absent, money is a decimal text in US dollars. */
final class JsonReport {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    static String render(BenchmarkReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", VERSION);
        root.put("dataset", report.dataset().name());
        root.put("startedAt", report.result().startedAt().toString());
        root.put("warmUp", report.result().warmUp());
        root.put("seed", report.result().seed());
        report.scorers()
                .forEach(scorer -> scorer(scorer, root.withArray("/scorers").addObject()));
        report.dataset()
                .questions()
                .forEach(question ->
                        question(question, root.withArray("/questions").addObject()));
        report.subjects()
                .forEach(subject -> subject(subject, root.withArray("/subjects").addObject()));
        return root.toPrettyString() + "\n";
    }

    private static void scorer(Scorer scorer, ObjectNode node) {
        node.put("name", scorer.name());
        node.put("low", scorer.scale().low());
        node.put("high", scorer.scale().high());
        node.put("higherIsBetter", scorer.scale().higherIsBetter());
        node.put("yesNo", scorer.scale().yesNo());
        node.put("measures", scorer.measures());
        node.put("blindTo", scorer.blindTo());
    }

    private static void question(Question question, ObjectNode node) {
        node.put("id", question.id());
        node.put("question", question.text());
        node.put("answerable", question.isAnswerable());
        texts(node, "references", question.references());
        texts(node, "sources", question.sources());
        texts(node, "tags", question.tags());
        question.context().ifPresent(context -> node.put("context", context));
    }

    private static void subject(SubjectReport subject, ObjectNode node) {
        node.put("name", subject.name());
        node.put("placement", subject.placement().toString());
        rate(subject.failures(), node.putObject("failures"));
        subject.metrics()
                .forEach(metric -> metric(metric, node.withArray("/metrics").addObject()));
        ObjectNode cost = node.putObject("cost");
        cost.put("known", subject.cost().known());
        cost.put("calls", subject.cost().calls());
        money(cost, "sumOfKnownUsd", subject.cost().sumOfKnown());
        money(cost, "totalUsd", subject.cost().total());
        node.put("cutOff", subject.cutOff());
        subject.outcomes()
                .forEach(outcome -> outcome(outcome, node.withArray("/outcomes").addObject()));
    }

    private static void rate(ProportionEstimate rate, ObjectNode node) {
        node.put("failed", rate.successes());
        node.put("n", rate.n());
        rate.rate().ifPresent(value -> node.put("rate", value));
        rate.interval().ifPresent(interval -> interval(interval, node));
    }

    private static void metric(MetricSummary metric, ObjectNode node) {
        node.put("metric", metric.name());
        node.put("unit", metric.metric().unit());
        node.put("n", metric.n());
        metric.mean().ifPresent(mean -> node.put("mean", mean));
        quantile(metric.median(), node.putObject("median"));
        quantile(metric.p95(), node.putObject("p95"));
        quantile(metric.p99(), node.putObject("p99"));
        metric.interval().ifPresent(interval -> interval(interval, node));
        metric.noInterval().ifPresent(reason -> node.put("noInterval", reason));
        node.put("notApplicable", metric.notApplicable());
        node.put("scorerFailed", metric.failed());
    }

    private static void interval(Interval interval, ObjectNode node) {
        node.put("low", interval.low());
        node.put("high", interval.high());
        node.put("level", interval.level());
    }

    private static void quantile(Quantile quantile, ObjectNode node) {
        quantile.value().ifPresent(value -> node.put("value", value));
        quantile.interval().ifPresent(interval -> interval(interval, node));
        if (!quantile.reason().isEmpty()) {
            node.put("reason", quantile.reason());
        }
    }

    private static void outcome(Outcome outcome, ObjectNode node) {
        node.put("question", outcome.question().id());
        node.put("latencyNanos", outcome.latencyNanos());
        outcome.reply().ifPresent(answer -> answer(answer, node));
        if (outcome instanceof Outcome.Failed failed) {
            node.put("error", failed.error());
            node.put("message", failed.message());
        }
        if (outcome instanceof Outcome.Answered answered) {
            ObjectNode scores = node.putObject("scores");
            answered.scores().forEach((scorer, score) -> score(score, scores.putObject(scorer)));
        }
    }

    private static void answer(Answer answer, ObjectNode node) {
        node.put("answer", answer.text());
        node.put("finish", answer.finish().name());
        answer.model().ifPresent(model -> node.put("answeredBy", model));
        answer.sources().ifPresent(sources -> texts(node, "sources", sources));
        answer.tokens().input().ifPresent(count -> node.put("inputTokens", count));
        answer.tokens().output().ifPresent(count -> node.put("outputTokens", count));
        money(node, "costUsd", answer.cost());
        node.put("costKind", answer.cost().kind().name());
    }

    private static void score(Score score, ObjectNode node) {
        score.value().ifPresent(value -> node.put("value", value));
        if (score instanceof Score.NotApplicable) {
            node.put("notApplicable", score.reason());
        }
        if (score instanceof Score.Failed) {
            node.put("failed", score.reason());
        }
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    private static void money(ObjectNode node, String field, Cost cost) {
        cost.usd().map(BigDecimal::toPlainString).ifPresent(usd -> node.put(field, usd));
    }
}
