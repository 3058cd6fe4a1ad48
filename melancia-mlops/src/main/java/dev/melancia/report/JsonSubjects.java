package dev.melancia.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.CostSummary;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.Quantile;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Score;
import dev.melancia.stats.Interval;
import java.math.BigDecimal;

/** A subject's figures and outcomes, for programs. */
final class JsonSubjects {

    private JsonSubjects() {}

    static void write(SubjectReport subject, ObjectNode node) {
        node.put("name", subject.name());
        node.put("placement", subject.placement().toString());
        node.put("calls", subject.failures().n());
        node.put("failed", subject.failures().successes());
        node.put("cutOff", subject.cutOff());
        cost(subject.cost(), node.putObject("cost"));
        ArrayNode metrics = node.putArray("metrics");
        subject.metrics().forEach(metric -> metric(metric, metrics.addObject()));
        ArrayNode outcomes = node.putArray("outcomes");
        subject.outcomes().forEach(outcome -> outcome(outcome, outcomes.addObject()));
    }

    private static void cost(CostSummary cost, ObjectNode node) {
        node.put("known", cost.known());
        node.put("calls", cost.calls());
        money(node, "sumOfKnownUsd", cost.sumOfKnown());
        money(node, "totalUsd", cost.total());
    }

    private static void metric(MetricSummary metric, ObjectNode node) {
        node.put("metric", metric.name());
        node.put("n", metric.n());
        node.put("values", metric.values());
        node.put("clusters", metric.clusters());
        metric.mean().ifPresent(mean -> node.put("mean", mean));
        metric.interval().ifPresent(interval -> interval(interval, node));
        if (!metric.method().isEmpty()) {
            node.put("method", metric.method());
        }
        metric.noInterval().ifPresent(reason -> node.put("noInterval", reason));
        metric.caution().ifPresent(caution -> node.put("caution", caution));
        quantile(metric.median(), "median", node);
        quantile(metric.p95(), "p95", node);
        quantile(metric.p99(), "p99", node);
        node.put("notApplicable", metric.notApplicable());
        node.put("scorerFailed", metric.failed());
    }

    private static void quantile(Quantile quantile, String name, ObjectNode node) {
        ObjectNode one = node.putObject(name);
        quantile.value().ifPresent(value -> one.put("value", value));
        quantile.interval().ifPresent(interval -> interval(interval, one));
        if (!quantile.reason().isEmpty()) {
            one.put("reason", quantile.reason());
        }
    }

    static void interval(Interval interval, ObjectNode node) {
        node.put("low", interval.low());
        node.put("high", interval.high());
        node.put("level", interval.level());
    }

    private static void outcome(Outcome outcome, ObjectNode node) {
        node.put("question", outcome.question().id());
        node.put("repeat", outcome.call().repeat());
        node.put("attempts", outcome.call().attempts());
        node.put("startedAt", outcome.call().startedAt().toString());
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
        answer.sources().ifPresent(sources -> JsonReport.texts(node, "sources", sources));
        answer.passages().ifPresent(passages -> JsonReport.texts(node, "passages", passages));
        answer.firstTokenNanos().ifPresent(nanos -> node.put("firstTokenNanos", nanos));
        answer.loadNanos().ifPresent(nanos -> node.put("loadNanos", nanos));
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

    private static void money(ObjectNode node, String field, Cost cost) {
        cost.usd().map(BigDecimal::toPlainString).ifPresent(usd -> node.put(field, usd));
    }
}
