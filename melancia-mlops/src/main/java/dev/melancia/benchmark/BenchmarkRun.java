package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

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
        Instant now = effects.clock().instant();
        Path folder = limits.folder();
        if (folder == null) {
            return run(now, KeptRun.NOTHING, RunLog.NONE);
        }
        try (RunFolder opened = RunFolder.open(folder, RunHeader.of(now, plan), effects.journals())) {
            KeptRun all = opened.kept();
            KeptRun kept = limits.retryFailures() ? all.withoutFailures() : all;
            return run(opened.header().startedAt(), kept, opened.log());
        } catch (JournalException e) {
            throw full("", e);
        }
    }

    private BenchmarkResult run(Instant startedAt, KeptRun kept, RunLog log) {
        log.began();
        List<Strand> strands = Strand.all(plan.dataset().questions(), plan.settings());
        List<SubjectWork> works = new ArrayList<>();
        for (Subject subject : plan.subjects()) {
            works.add(new SubjectWork(subject, strands, plan.settings().warmUp(), kept));
        }
        Spend spend = new Spend(limits.capPicoUsd());
        kept.costs().forEach(paid -> spend.paid(paid.subject(), paid.cost()));
        kept.inDoubt().forEach(spend::inDoubt);
        ask(works, spend, log);
        int unasked = sum(works, SubjectWork::questions) - sum(works, SubjectWork::done);
        if (unasked > 0) {
            log.budgetSpent();
        }
        RunFacts facts = new RunFacts(
                startedAt,
                plan.settings(),
                unasked,
                unasked == 0 ? BenchmarkResult.EndedBy.ALL_ASKED : BenchmarkResult.EndedBy.BUDGET,
                kept.inDoubtInAll(),
                spend.spent());
        return new BenchmarkResult(plan.dataset(), facts, plan.scorers(), scored(works, log));
    }

    private void ask(List<SubjectWork> works, Spend spend, RunLog log) {
        List<Lane> lanes = Lane.of(works);
        int most = Math.min(
                plan.settings().maxConcurrency(),
                lanes.stream().mapToInt(Lane::concurrency).sum());
        Watch watch = new Watch(listeners, lanes, spend, effects.nanoTicker());
        Caller caller = new Caller(log, effects.nanoTicker(), effects.clock());
        try (Workers workers = effects.crew().hire(most, caller)) {
            Schedule schedule = new Schedule(lanes, most, spend, workers, watch);
            schedule.run();
            schedule.shortage().ifPresent(shortage -> {
                throw full(done(works) + lost(schedule.unsaved(), log), shortage);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkStoppedException("benchmark interrupted after " + done(works) + "; " + toGoOn(), e);
        }
    }

    /** Tries once more to keep what was paid for: other files may have gone meanwhile. */
    private static String lost(List<CallEnd.Done> unsaved, RunLog log) {
        List<String> lost = new ArrayList<>();
        for (CallEnd.Done done : unsaved) {
            try {
                log.ended(done.call(), done.outcome());
            } catch (JournalException still) {
                lost.add(done.call().key().toString());
            }
        }
        return lost.isEmpty()
                ? ""
                : ", of which " + lost.size() + " could not be kept and will be asked again: " + lost;
    }

    private BenchmarkStoppedException full(String done, JournalException shortage) {
        String when = done.isEmpty() ? "" : " after " + done;
        return new BenchmarkStoppedException(
                "benchmark stopped" + when + ": its folder takes no more (" + shortage.getMessage()
                        + "). The rest of what was answered is kept; make room and run it again with the same folder to go on",
                shortage);
    }

    private String toGoOn() {
        return limits.folder() == null
                ? "with a folder(…) it could be resumed"
                : "run it again with the same folder to go on";
    }

    private static String done(List<SubjectWork> works) {
        return sum(works, SubjectWork::done) + " of " + sum(works, SubjectWork::questions) + " calls";
    }

    private static int sum(List<SubjectWork> works, ToIntFunction<SubjectWork> number) {
        return works.stream().mapToInt(number).sum();
    }

    private List<SubjectResult> scored(List<SubjectWork> works, RunLog log) {
        List<SubjectResult> subjects = new ArrayList<>();
        for (SubjectWork work : works) {
            subjects.add(work.result(plan.dataset().questions(), plan.settings().repeats()));
        }
        int answers =
                subjects.stream().mapToInt(subject -> subject.outcomes().size()).sum();
        try {
            return new Scoring(plan.scorers(), log)
                    .score(subjects, done -> listeners.tell(listener -> listener.scored(done, answers)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkStoppedException("benchmark interrupted while scoring; " + toGoOn(), e);
        }
    }
}
