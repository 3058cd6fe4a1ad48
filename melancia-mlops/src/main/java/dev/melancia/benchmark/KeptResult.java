package dev.melancia.benchmark;

import dev.melancia.MelanciaException;
import dev.melancia.journal.JournalException;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a result of what a folder holds, without asking a subject. */
final class KeptResult {

    private KeptResult() {}

    static BenchmarkResult load(Path folder, List<Scorer> scorers) {
        Benchmark.requireUnique("scorer", scorers.stream().map(Scorer::name).toList());
        try {
            if (scorers.stream().anyMatch(Scorer::isCostly)) {
                try (RunFolder opened = RunFolder.open(folder)) {
                    return result(opened.header(), opened.kept(), scorers, opened.log());
                }
            }
            RunHeader header = RunFolder.existing(folder);
            KeptRun kept = RunReader.read(folder, header.dataset().questions());
            return result(header, kept, scorers, RunLog.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MelanciaException("scoring was interrupted; load the folder again to go on", e);
        } catch (JournalException e) {
            throw new MelanciaException("the run in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static BenchmarkResult result(RunHeader header, KeptRun kept, List<Scorer> scorers, RunLog log)
            throws InterruptedException {
        List<SubjectResult> subjects = new ArrayList<>();
        int unasked = 0;
        for (Map.Entry<String, RunHeader.Kept> entry : header.subjects().entrySet()) {
            String subject = entry.getKey();
            List<Outcome> outcomes = outcomes(subject, header, kept);
            unasked += header.dataset().questions().size() * header.settings().repeats() - outcomes.size();
            subjects.add(new SubjectResult(subject, entry.getValue().placement(), outcomes, kept.warmUps(subject)));
        }
        RunFacts facts = new RunFacts(
                header.startedAt(),
                header.settings(),
                unasked,
                endedBy(unasked, kept),
                kept.inDoubtInAll(),
                spent(kept));
        return new BenchmarkResult(
                header.dataset(), facts, scorers, new Scoring(scorers, log).score(subjects, done -> {}));
    }

    private static List<Outcome> outcomes(String subject, RunHeader header, KeptRun kept) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Question question : header.dataset().questions()) {
            for (int repeat = 0; repeat < header.settings().repeats(); repeat++) {
                kept.outcome(new CallKey(subject, question.id(), repeat)).ifPresent(outcomes::add);
            }
        }
        return outcomes;
    }

    private static BenchmarkResult.EndedBy endedBy(int unasked, KeptRun kept) {
        if (unasked == 0) {
            return BenchmarkResult.EndedBy.ALL_ASKED;
        }
        return kept.budgetSpent() ? BenchmarkResult.EndedBy.BUDGET : BenchmarkResult.EndedBy.STOPPED;
    }

    private static BenchmarkListener.Spent spent(KeptRun kept) {
        Spend spend = new Spend(Spend.NO_CAP);
        kept.costs().forEach(paid -> spend.paid(paid.subject(), paid.cost()));
        return spend.spent();
    }
}
