package dev.melancia.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A suite as it stands in the file; null is what was left out. */
record SuiteFile(
        int v,
        String name,
        String dataset,
        List<SubjectEntry> subjects,
        @Nullable List<JsonNode> scorers,
        @Nullable Integer repeats,
        @Nullable Integer warmUp,
        @Nullable Long seed,
        @Nullable Integer maxConcurrency,
        @Nullable BigDecimal budgetUsd,
        @Nullable String language,
        @Nullable GateEntry gate) {

    /** A model to ask. */
    record SubjectEntry(
            String model,
            @Nullable String name,
            @Nullable String baseUrl,
            @Nullable String apiKeyVariable,
            @Nullable Double temperature,
            @Nullable Integer maxOutputTokens,
            @Nullable Integer contextWindow,
            @Nullable Integer timeoutSeconds,
            @Nullable String system,
            @Nullable String prompt,
            @Nullable Boolean stream,
            @Nullable PriceEntry price,
            @Nullable String machine,
            @Nullable Integer concurrency) {}

    /** US dollars per million tokens. */
    record PriceEntry(String input, String output, @Nullable String cachedInput) {}

    /** What must hold; the rules that need an earlier run take part when there is one. */
    record GateEntry(
            @Nullable Map<String, Double> noWorse,
            @Nullable Map<String, Double> noQuestionWorse,
            @Nullable Boolean noNewFailure,
            @Nullable Map<String, Double> atLeast,
            @Nullable Map<String, Double> atMost,
            @Nullable Double failureRateAtMost,
            @Nullable BigDecimal costPerCallUsdAtMost,
            @Nullable Double latencyMedianSecondsAtMost,
            @Nullable Double latencyP95SecondsAtMost,
            @Nullable List<String> subjects,
            @Nullable String whenInconclusive) {}
}
