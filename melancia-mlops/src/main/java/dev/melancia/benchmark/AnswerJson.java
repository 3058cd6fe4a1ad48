package dev.melancia.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;

/** An answer as a JSON object; what is unknown is absent. */
final class AnswerJson {

    private AnswerJson() {}

    static void write(Answer answer, ObjectNode node) {
        node.put("text", answer.text());
        answer.sources().ifPresent(sources -> RunJson.texts(node, "sources", sources));
        answer.passages().ifPresent(passages -> RunJson.texts(node, "passages", passages));
        answer.model().ifPresent(model -> node.put("model", model));
        node.put("finish", answer.finish().name());
        answer.tokens().input().ifPresent(tokens -> node.put("inputTokens", tokens));
        answer.tokens().output().ifPresent(tokens -> node.put("outputTokens", tokens));
        answer.tokens().cachedInput().ifPresent(tokens -> node.put("cachedInputTokens", tokens));
        answer.tokens().reasoning().ifPresent(tokens -> node.put("reasoningTokens", tokens));
        if (answer.cost().kind() != Cost.Kind.UNKNOWN) {
            node.put("cost", answer.cost().kind().name());
            node.put("picoUsd", answer.cost().picoUsd());
        }
        answer.firstTokenNanos().ifPresent(nanos -> node.put("firstTokenNanos", nanos));
        answer.loadNanos().ifPresent(nanos -> node.put("loadNanos", nanos));
    }

    static Answer read(JsonNode node) {
        Answer.Builder answer = Answer.builder(node.path("text").asText())
                .model(RunJson.text(node, "model"))
                .finish(Answer.Finish.valueOf(node.path("finish").asText()))
                .tokens(tokens(node))
                .cost(cost(node));
        if (node.has("sources")) {
            answer.sources(RunJson.texts(node.path("sources")));
        }
        if (node.has("passages")) {
            answer.passages(RunJson.texts(node.path("passages")));
        }
        if (node.has("firstTokenNanos")) {
            answer.firstTokenNanos(node.path("firstTokenNanos").asLong());
        }
        if (node.has("loadNanos")) {
            answer.loadNanos(node.path("loadNanos").asLong());
        }
        return answer.build();
    }

    private static TokenCounts tokens(JsonNode node) {
        return TokenCounts.of(
                        node.path("inputTokens").asInt(-1),
                        node.path("outputTokens").asInt(-1))
                .withCachedInput(node.path("cachedInputTokens").asInt(-1))
                .withReasoning(node.path("reasoningTokens").asInt(-1));
    }

    private static Cost cost(JsonNode node) {
        return node.has("cost")
                ? new Cost(
                        Cost.Kind.valueOf(node.path("cost").asText()),
                        node.path("picoUsd").asLong())
                : Cost.unknown();
    }
}
