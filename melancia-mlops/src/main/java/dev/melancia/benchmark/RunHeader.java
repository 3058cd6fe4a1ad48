package dev.melancia.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.MelanciaException;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is, as {@code run.json} says it. Immutable.
 *
 * @param startedAt when its first process began
 * @param settings how it runs
 * @param dataset the questions
 * @param subjects what is kept of each subject, by name, in order
 * @param scorers names of the scorers of the last process, to be read by people
 */
record RunHeader(
        Instant startedAt, RunSettings settings, Dataset dataset, Map<String, Kept> subjects, List<String> scorers) {

    /** A subject: where it runs, and what else decides its answers. */
    record Kept(Placement placement, String settings) {}

    private static final int VERSION = 1;
    private static final String KIND = "MelancIA benchmark run";

    static RunHeader of(Instant startedAt, RunPlan plan) {
        Map<String, Kept> subjects = new LinkedHashMap<>();
        plan.subjects()
                .forEach(subject -> subjects.put(subject.name(), new Kept(subject.placement(), subject.settings())));
        return new RunHeader(
                startedAt,
                plan.settings(),
                plan.dataset(),
                subjects,
                plan.scorers().stream().map(Scorer::name).toList());
    }

    /** The same with the date of its first process. */
    RunHeader startedAt(Instant first) {
        return new RunHeader(first, settings, dataset, subjects, scorers);
    }

    String json() {
        ObjectNode root = RunJson.object();
        root.put("v", VERSION);
        root.put("kind", KIND);
        root.put("startedAt", startedAt.toString());
        ObjectNode how = root.putObject("settings");
        how.put("mode", settings.mode().name());
        how.put("warmUp", settings.warmUp());
        how.put("repeats", settings.repeats());
        how.put("seed", settings.seed());
        how.put("maxConcurrency", settings.maxConcurrency());
        subjects.forEach(
                (name, kept) -> subject(name, kept, root.withArray("/subjects").addObject()));
        RunJson.texts(root, "scorers", scorers);
        ObjectNode what = root.putObject("dataset");
        what.put("name", dataset.name());
        what.put("digest", new Digest().add(asked(dataset).values()).hex());
        what.put("size", dataset.questions().size());
        dataset.questions()
                .forEach(question -> QuestionJson.write(
                        question, root.withArray("/questions").addObject()));
        return RunJson.pretty(root);
    }

    private static void subject(String name, Kept kept, ObjectNode node) {
        node.put("name", name);
        Placement placement = kept.placement();
        placement.machine().ifPresent(machine -> node.put("machine", machine));
        node.put("concurrency", placement.concurrency());
        if (!kept.settings().isEmpty()) {
            node.put("settings", kept.settings());
        }
    }

    /**
     * Reads it.
     *
     * @param where is named in the error
     * @throws MelanciaException when it is no such text, or one of a newer version
     */
    static RunHeader read(String json, String where) {
        try {
            JsonNode root = RunJson.read(json);
            if (!KIND.equals(root.path("kind").asText())) {
                throw new MelanciaException(where + " does not describe a benchmark run; give the run another folder");
            }
            if (root.path("v").asInt() != VERSION) {
                throw new MelanciaException(where + " must be of version " + VERSION + ", was "
                        + root.path("v").asText() + "; read it with the version that wrote it");
            }
            return read(root);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new MelanciaException(
                    where + " is damaged: " + e.getClass().getSimpleName() + "; restore it or begin in another folder",
                    e);
        }
    }

    private static RunHeader read(JsonNode root) {
        JsonNode how = root.path("settings");
        RunSettings settings = new RunSettings(
                Benchmark.Mode.valueOf(how.path("mode").asText()),
                how.path("warmUp").asInt(),
                how.path("repeats").asInt(),
                how.path("seed").asLong(),
                how.path("maxConcurrency").asInt());
        List<Question> questions = new ArrayList<>();
        root.path("questions").forEach(node -> questions.add(QuestionJson.read(node)));
        Map<String, Kept> subjects = new LinkedHashMap<>();
        root.path("subjects")
                .forEach(node -> subjects.put(
                        node.path("name").asText(),
                        new Kept(placement(node), node.path("settings").asText(""))));
        return new RunHeader(
                Instant.parse(root.path("startedAt").asText()),
                settings,
                Dataset.of(root.path("dataset").path("name").asText(), questions),
                subjects,
                RunJson.texts(root.path("scorers")));
    }

    private static Placement placement(JsonNode node) {
        int concurrency = node.path("concurrency").asInt();
        String machine = RunJson.text(node, "machine");
        return machine == null ? Placement.remote(concurrency) : Placement.on(machine, concurrency);
    }

    /** What makes a later process another run than this one; empty when it may go on with it. */
    List<String> differences(RunHeader later) {
        List<String> differences = new ArrayList<>();
        differ(differences, "mode", settings.mode(), later.settings.mode());
        differ(differences, "warmUp", settings.warmUp(), later.settings.warmUp());
        differ(differences, "repeats", settings.repeats(), later.settings.repeats());
        differ(differences, "seed", settings.seed(), later.settings.seed());
        differ(differences, "maxConcurrency", settings.maxConcurrency(), later.settings.maxConcurrency());
        subjects.forEach((name, before) -> {
            Kept now = later.subjects.get(name);
            if (now == null) {
                differences.add("subject \"" + name + "\" is missing");
            } else {
                differ(
                        differences,
                        "placement of subject \"" + name + "\"",
                        before.placement().toString(),
                        now.placement().toString());
                if (!before.settings().equals(now.settings())) {
                    differences.add("settings of subject \"" + name + "\" changed; give it another name");
                }
            }
        });
        Map<String, String> now = asked(later.dataset);
        asked(dataset).forEach((id, digest) -> {
            if (!digest.equals(now.get(id))) {
                differences.add("question \"" + id + "\" "
                        + (now.containsKey(id) ? "or what was asked before it was changed" : "is missing"));
            }
        });
        return differences;
    }

    private static void differ(List<String> differences, String what, Object before, Object now) {
        if (!before.equals(now)) {
            differences.add(what + " was " + before + ", is " + now);
        }
    }

    /** A fingerprint for each question of all that a subject is asked: its text and context, and the turns before it. */
    private static Map<String, String> asked(Dataset dataset) {
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, String> turnBefore = new LinkedHashMap<>();
        for (Question question : dataset.questions()) {
            String conversation = question.conversation().orElse("");
            String before = conversation.isEmpty() ? "" : turnBefore.getOrDefault(conversation, "");
            String digest = new Digest()
                    .add(question.id())
                    .add(question.text())
                    .add(question.context().stream().toList())
                    .add(question.conversation().stream().toList())
                    .add(before)
                    .hex();
            digests.put(question.id(), digest);
            turnBefore.put(conversation, digest);
        }
        return digests;
    }
}
