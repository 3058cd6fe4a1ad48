package dev.melancia.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.scorer.Question;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run writes to its journal, a JSON object a line. A record longer than a line may be is cut into parts, which stand
 * behind each other.
 */
final class RunRecord {

    /** What happened. */
    enum Type {
        /** A process of the run began. */
        BEGAN,
        /** A call is about to be made. */
        ASKED,
        /** Its server asked to come back later. */
        PUT_OFF,
        /** It was answered. */
        ANSWERED,
        /** It failed. */
        FAILED,
        /** A score was paid. */
        SCORED,
        /** Nothing more was asked, because the budget was spent. */
        BUDGET_SPENT,
        /** A piece of a long record. */
        PART;

        String tag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int VERSION = 1;
    private static final int LONGEST_BYTES = 1 << 20;
    /** Its characters have at most three bytes each, and are at most doubled by the quoting. */
    private static final int PART_CHARACTERS = 150_000;

    private RunRecord() {}

    static ObjectNode of(Type type) {
        return RunJson.object().put("v", VERSION).put("t", type.tag());
    }

    static ObjectNode of(Type type, Call call) {
        ObjectNode node = of(type, call.key());
        if (call.warmUp()) {
            node.put("warmUp", true);
        }
        return node.put("attempt", call.attempt());
    }

    static ObjectNode of(Type type, CallKey key) {
        return of(type).put("subject", key.subject())
                .put("question", key.question())
                .put("repeat", key.repeat());
    }

    static ObjectNode of(Call call, Outcome outcome) {
        ObjectNode node = of(outcome.reply().isPresent() ? Type.ANSWERED : Type.FAILED, call);
        node.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, outcome.call().startedAt()));
        node.put("latencyNanos", outcome.latencyNanos());
        outcome.reply().ifPresent(answer -> AnswerJson.write(answer, node.putObject("answer")));
        if (outcome instanceof Outcome.Failed failed) {
            node.put("error", failed.error()).put("message", failed.message());
        }
        return node;
    }

    /** The outcome in a record of type answered or failed. */
    static Outcome outcome(JsonNode node, Question question) {
        CallFacts call = new CallFacts(
                node.path("repeat").asInt(),
                node.path("attempt").asInt(),
                Instant.EPOCH.plus(node.path("at").asLong(), ChronoUnit.MICROS),
                node.path("latencyNanos").asLong());
        return node.has("answer")
                ? new Outcome.Answered(question, AnswerJson.read(node.path("answer")), call, Map.of())
                : new Outcome.Failed(
                        question,
                        call,
                        node.path("error").asText(),
                        node.path("message").asText());
    }

    static CallKey key(JsonNode node) {
        return new CallKey(
                node.path("subject").asText(),
                node.path("question").asText(),
                node.path("repeat").asInt());
    }

    /** The lines of a record: one, or its parts. */
    static List<byte[]> lines(ObjectNode node) {
        String json = RunJson.line(node);
        byte[] line = json.getBytes(StandardCharsets.UTF_8);
        if (line.length <= LONGEST_BYTES) {
            return List.of(line);
        }
        int parts = (json.length() + PART_CHARACTERS - 1) / PART_CHARACTERS;
        List<byte[]> lines = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            int from = i * PART_CHARACTERS;
            String piece = json.substring(from, Math.min(json.length(), from + PART_CHARACTERS));
            ObjectNode part = of(Type.PART).put("part", i).put("parts", parts).put("json", piece);
            lines.add(RunJson.line(part).getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }
}
