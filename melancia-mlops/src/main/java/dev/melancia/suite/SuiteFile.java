package dev.melancia.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
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
        @Nullable List<GateEntry> gate) {

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

    /** What must hold for a metric. */
    record GateEntry(
            String metric,
            @Nullable Double atLeast,
            @Nullable Double atMost,
            @Nullable Double noWorseBy,
            @Nullable List<String> subjects) {}
}
