package dev.melancia.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes notes in the run's journal. Thread-safe. */
final class FolderLog implements RunLog {

    private final Journal journal;
    private final Reserve reserve;
    private final Map<String, Score> scores;

    FolderLog(Journal journal, Reserve reserve, Map<String, Score> scores) {
        this.journal = journal;
        this.reserve = reserve;
        this.scores = new ConcurrentHashMap<>(scores);
    }

    @Override
    public void began() {
        append(RunRecord.of(RunRecord.Type.BEGAN));
    }

    @Override
    public void asked(Call call) {
        append(RunRecord.of(RunRecord.Type.ASKED, call));
    }

    @Override
    public void putOff(Call call) {
        append(RunRecord.of(RunRecord.Type.PUT_OFF, call));
    }

    @Override
    public Optional<JournalException> ended(Call call, Outcome outcome) {
        return keep(RunRecord.of(call, outcome));
    }

    @Override
    public void budgetSpent() {
        append(RunRecord.of(RunRecord.Type.BUDGET_SPENT));
    }

    @Override
    public Optional<Score> score(Scorer scorer, CallKey key, Outcome.Answered answered) {
        return Optional.ofNullable(scores.get(fingerprint(scorer, key, answered)));
    }

    @Override
    public Optional<JournalException> scored(Scorer scorer, CallKey key, Outcome.Answered answered, Score score) {
        String fingerprint = fingerprint(scorer, key, answered);
        ObjectNode node = RunRecord.of(RunRecord.Type.SCORED, key)
                .put("scorer", scorer.name())
                .put("key", fingerprint);
        score.value()
                .ifPresentOrElse(value -> node.put("value", value), () -> node.put("notApplicable", score.reason()));
        scores.put(fingerprint, score);
        return keep(node);
    }

    private void append(ObjectNode record) {
        journal.appendAll(RunRecord.lines(record));
    }

    /** Writes what was paid for, if need be with the space kept for it; tells of the need. */
    private Optional<JournalException> keep(ObjectNode record) {
        List<byte[]> lines = RunRecord.lines(record);
        try {
            journal.appendAll(lines);
            return Optional.empty();
        } catch (JournalException shortage) {
            reserve.release();
            if (shortage.recorded() < lines.size()) {
                journal.appendAll(lines);
            }
            return Optional.of(shortage);
        }
    }

    /** Of everything that the score may rest on. */
    private static String fingerprint(Scorer scorer, CallKey key, Outcome.Answered answered) {
        Question question = answered.question();
        return new Digest()
                .add(scorer.name())
                .add(scorer.fingerprint())
                .add(List.of(key.subject(), key.question(), Integer.toString(key.repeat())))
                .add(question.text())
                .add(question.references())
                .add(question.context().stream().toList())
                .add(question.sources())
                .add(Boolean.toString(question.isAnswerable()))
                .add(question.tags())
                .add(question.group())
                .add(answered.answer().text())
                .add(answered.answer().passages().orElse(List.of()))
                .add(answered.answer().sources().orElse(List.of()))
                .hex();
    }
}
