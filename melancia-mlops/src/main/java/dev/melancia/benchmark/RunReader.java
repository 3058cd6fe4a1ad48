package dev.melancia.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.MelanciaException;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.journal.JournalVersionException;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a run has kept. An answer beats a failure of the same question, and the first answer a second. Each call noted
 * as asked whose end is not noted is in doubt. Confined to one thread.
 */
final class RunReader {

    private final Path folder;
    private final Map<String, Question> questions;
    private final Map<CallKey, Outcome> outcomes = new HashMap<>();
    private final Map<String, List<Outcome>> warmUps = new LinkedHashMap<>();
    private final List<KeptRun.Paid> costs = new ArrayList<>();
    private final Map<CallKey, Integer> openCalls = new HashMap<>();
    private final Map<CallKey, Integer> openWarmUps = new HashMap<>();
    private final Map<String, Score> scores = new HashMap<>();
    private final StringBuilder parts = new StringBuilder();
    private int nextPart;
    private boolean budgetSpent;

    private RunReader(Path folder, List<Question> questions) {
        this.folder = folder;
        this.questions = new HashMap<>();
        questions.forEach(question -> this.questions.put(question.id(), question));
    }

    static KeptRun read(Path folder, List<Question> questions) {
        return new RunReader(folder, questions).read();
    }

    private KeptRun read() {
        try {
            readAll(new JournalReader(folder, JournalPosition.START));
        } catch (JournalVersionException later) {
            throw new MelanciaException(String.valueOf(later.getMessage()), later);
        }
        return new KeptRun(outcomes, warmUps, costs, inDoubt(), scores, budgetSpent);
    }

    private void readAll(JournalReader reader) {
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            JsonNode node = parse(next.get().text(), next.get());
            JsonNode whole = whole(node, next.get());
            if (whole != null) {
                record(whole);
            }
        }
    }

    private JsonNode parse(String json, JournalRecord record) {
        try {
            return RunJson.read(json);
        } catch (JsonProcessingException e) {
            throw new MelanciaException(
                    "the run in " + folder + " has a record that is not JSON (" + record + "); restore the folder", e);
        }
    }

    /** The record itself, or the one that its last part completes; null in between. Parts that never got a last are dropped. */
    private @Nullable JsonNode whole(JsonNode node, JournalRecord record) {
        if (!RunRecord.Type.PART.tag().equals(node.path("t").asText())) {
            nextPart = 0;
            return node;
        }
        int part = node.path("part").asInt();
        if (part == 0) {
            parts.setLength(0);
            nextPart = 0;
        }
        if (part != nextPart) {
            return null;
        }
        parts.append(node.path("json").asText());
        nextPart++;
        return nextPart == node.path("parts").asInt() ? parse(parts.toString(), record) : null;
    }

    private void record(JsonNode node) {
        switch (node.path("t").asText()) {
            case "began" -> budgetSpent = false;
            case "budget-spent" -> budgetSpent = true;
            case "asked" -> open(node, 1);
            case "put-off" -> open(node, -1);
            case "answered", "failed" -> ended(node);
            case "scored" -> scores.put(node.path("key").asText(), score(node));
            default -> {
                // Written by a later version that only added a kind of record: this one has no use for it.
            }
        }
    }

    private void open(JsonNode node, int change) {
        Map<CallKey, Integer> open = node.has("warmUp") ? openWarmUps : openCalls;
        open.merge(RunRecord.key(node), change, Integer::sum);
    }

    private void ended(JsonNode node) {
        open(node, -1);
        CallKey key = RunRecord.key(node);
        Question question = node.has("warmUp") ? Call.WARM_UP : questions.get(key.question());
        if (question == null) {
            return;
        }
        Outcome outcome = RunRecord.outcome(node, question);
        if (node.has("warmUp")) {
            warmUps.computeIfAbsent(key.subject(), absent -> new ArrayList<>()).add(outcome);
            paid(key, outcome);
        } else if (!isAnswered(outcomes.get(key))) {
            outcomes.put(key, outcome);
            paid(key, outcome);
        }
    }

    private static boolean isAnswered(@Nullable Outcome outcome) {
        return outcome != null && outcome.reply().isPresent();
    }

    private void paid(CallKey key, Outcome outcome) {
        outcome.reply().ifPresent(answer -> costs.add(new KeptRun.Paid(key.subject(), answer.cost())));
    }

    private static Score score(JsonNode node) {
        return node.has("value")
                ? Score.of(node.path("value").asDouble())
                : Score.notApplicable(node.path("notApplicable").asText());
    }

    private Map<String, Integer> inDoubt() {
        Map<String, Integer> inDoubt = new HashMap<>();
        for (Map<CallKey, Integer> open : List.of(openCalls, openWarmUps)) {
            open.forEach((key, calls) -> {
                if (calls > 0) {
                    inDoubt.merge(key.subject(), calls, Integer::sum);
                }
            });
        }
        return inDoubt;
    }
}
