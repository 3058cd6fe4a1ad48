package dev.melancia.benchmark;

import dev.melancia.MelanciaException;
import java.time.Instant;
import java.util.List;

/** One process of a run, from what its folder holds to its result. Confined to the thread of the run. */
final class BenchmarkRun {

    private final RunPlan plan;
    private final RunLimits limits;
    private final Effects effects;
    private final SafeListeners listeners;

    BenchmarkRun(RunPlan plan, RunLimits limits, Effects effects, SafeListeners listeners) {
        this.plan = plan;
        this.limits = limits;
        this.effects = effects;
        this.listeners = listeners;
    }

    BenchmarkResult run() {
        Instant startedAt = effects.clock().instant();
        return run(startedAt, KeptRun.NOTHING, RunLog.NONE);
    }

    private BenchmarkResult run(Instant startedAt, KeptRun kept, RunLog log) {
        List<Strand> strands = Strand.all(plan.dataset().questions(), plan.settings());
        List<SubjectWork> works = plan.subjects().stream()
                .map(subject ->
                        new SubjectWork(subject, strands, plan.settings().warmUp(), kept))
                .toList();
        Spend spend = new Spend(limits.capPicoUsd());
        kept.costs().forEach(paid -> spend.paid(paid.subject(), paid.cost()));
        ask(works, spend, log);
        List<SubjectResult> subjects = works.stream()
                .map(work ->
                        work.result(plan.dataset().questions(), plan.settings().repeats()))
                .toList();
        int unasked =
                works.stream().mapToInt(work -> work.questions() - work.done()).sum();
        RunFacts facts = new RunFacts(
                startedAt,
                plan.settings(),
                unasked,
                unasked == 0 ? BenchmarkResult.EndedBy.ALL_ASKED : BenchmarkResult.EndedBy.BUDGET,
                kept.inDoubt(),
                spend.spent());
        return new BenchmarkResult(plan.dataset(), facts, plan.scorers(), scored(subjects, log));
    }

    private void ask(List<SubjectWork> works, Spend spend, RunLog log) {
        List<Lane> lanes = Lane.of(works);
        int most = Math.min(
                plan.settings().maxConcurrency(),
                lanes.stream().mapToInt(Lane::concurrency).sum());
        Watch watch = new Watch(listeners, lanes, spend, effects.nanoTicker());
        try (Workers workers = effects.crew().hire(most, new Caller(log, effects.nanoTicker(), effects.clock()))) {
            Schedule schedule = new Schedule(lanes, most, spend, workers, watch);
            schedule.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(works, e);
        }
    }

    private MelanciaException interrupted(List<SubjectWork> works, InterruptedException e) {
        int done = works.stream().mapToInt(SubjectWork::done).sum();
        int questions = works.stream().mapToInt(SubjectWork::questions).sum();
        return new MelanciaException("benchmark interrupted after " + done + " of " + questions + " calls", e);
    }

    private List<SubjectResult> scored(List<SubjectResult> subjects, RunLog log) {
        int answers =
                subjects.stream().mapToInt(subject -> subject.outcomes().size()).sum();
        try {
            return new Scoring(plan.scorers(), log)
                    .score(subjects, done -> listeners.tell(listener -> listener.scored(done, answers)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MelanciaException("benchmark interrupted while scoring", e);
        }
    }
}
