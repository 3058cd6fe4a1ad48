package dev.melancia.judge;

import static java.util.Objects.requireNonNull;

import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges pairs of answers in both orders. */
final class Pairing {

    private final JudgeCalls calls;
    private final JudgeSettings settings;
    private final String criteria;

    Pairing(JudgeCalls calls, JudgeSettings settings, String criteria) {
        this.calls = calls;
        this.settings = settings;
        this.criteria = requireNonNull(criteria, "criteria");
    }

    PairwiseComparison compare(List<Outcome> first, List<Outcome> second) throws InterruptedException {
        Map<String, Outcome> others = new LinkedHashMap<>();
        second.forEach(outcome -> others.put(key(outcome), outcome));
        List<Pair> pairs = new ArrayList<>();
        for (Outcome outcome : first) {
            Outcome other = others.get(key(outcome));
            if (other != null && outcome.reply().isPresent() && other.reply().isPresent()) {
                pairs.add(new Pair(
                        outcome.question(),
                        outcome.reply().get().text(),
                        other.reply().get().text()));
            }
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no question was answered by both; compare subjects of one benchmark");
        }
        return PairwiseComparison.of(judged(pairs));
    }

    List<JudgedPair> judged(List<Pair> pairs) throws InterruptedException {
        return Parallel.map(pairs, settings.concurrency(), this::judged);
    }

    private JudgedPair judged(Pair pair) {
        return new JudgedPair(
                pair.question().id(),
                pair.question().group(),
                pair.first().length() - pair.second().length(),
                position(pair.question(), List.of(pair.first(), pair.second())),
                position(pair.question(), List.of(pair.second(), pair.first())));
    }

    private JudgedPair.Position position(Question question, List<String> answers) {
        String verdict = calls.ask(
                        JudgePrompt.pair(settings.language(), criteria, question, answers), Verdicts.winners())
                .value()
                .orElse("");
        return switch (verdict) {
            case "a" -> JudgedPair.Position.FIRST_SHOWN;
            case "b" -> JudgedPair.Position.SECOND_SHOWN;
            case "" -> JudgedPair.Position.NONE;
            default -> JudgedPair.Position.TIE;
        };
    }

    private static String key(Outcome outcome) {
        return outcome.call().repeat() + " " + outcome.question().id();
    }

    /** Two answers to one question. */
    record Pair(Question question, String first, String second) {}
}
