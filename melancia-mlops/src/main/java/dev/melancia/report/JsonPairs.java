package dev.melancia.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.PairComparison;
import java.util.Locale;

/** Comparisons of two subjects, for programs. */
final class JsonPairs {

    private JsonPairs() {}

    static void write(PairComparison pair, ObjectNode node) {
        node.put("first", pair.first());
        node.put("second", pair.second());
        JsonReport.sentences(node.putObject("sentence"), pair::sentence);
        ArrayNode metrics = node.putArray("metrics");
        pair.metrics().forEach(comparison -> comparison(comparison, metrics.addObject()));
    }

    private static void comparison(MetricComparison comparison, ObjectNode node) {
        node.put("metric", comparison.metric().name());
        node.put("n", comparison.n());
        node.put("clusters", comparison.clusters());
        comparison.difference().ifPresent(value -> node.put("difference", value));
        comparison.interval().ifPresent(interval -> JsonSubjects.interval(interval, node));
        comparison.pValue().ifPresent(value -> node.put("p", value));
        comparison.adjustedPValue().ifPresent(value -> node.put("pHolm", value));
        comparison.effectSize().ifPresent(value -> node.put("effectSize", value));
        comparison.minimumDetectable().ifPresent(value -> node.put("minimumDetectable", value));
        if (!comparison.method().isEmpty()) {
            node.put("method", comparison.method());
        }
        if (!comparison.reason().isEmpty()) {
            node.put("reason", comparison.reason());
        }
        node.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
    }
}
