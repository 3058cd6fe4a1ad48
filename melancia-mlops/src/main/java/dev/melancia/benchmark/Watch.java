package dev.melancia.benchmark;

import dev.melancia.cost.Cost;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Tells the listeners how a run goes. Confined to the thread of the run. */
final class Watch {

    private final SafeListeners listeners;
    private final List<Lane> lanes;
    private final Spend spend;
    private final LongSupplier nanoTicker;
    private final long start;
    private final int[] doneBefore;
    private final Set<String> ofUnknownCost = new HashSet<>();
    private int failed;

    Watch(SafeListeners listeners, List<Lane> lanes, Spend spend, LongSupplier nanoTicker) {
        this.listeners = listeners;
        this.lanes = lanes;
        this.spend = spend;
        this.nanoTicker = nanoTicker;
        start = nanoTicker.getAsLong();
        doneBefore = lanes.stream().mapToInt(Watch::done).toArray();
    }

    void began(SubjectWork work) {
        listeners.tell(listener -> listener.subjectStarted(work.name(), work.questions()));
    }

    void paused(SubjectWork work, Duration pause) {
        listeners.tell(listener -> listener.paused(work.name(), pause));
    }

    void budgetSpent(SubjectWork work) {
        listeners.tell(listener -> listener.budgetSpent(work.name(), work.unasked()));
    }

    void paid(SubjectWork work, Cost cost) {
        if (cost.kind() == Cost.Kind.UNKNOWN && spend.isCapped() && ofUnknownCost.add(work.name())) {
            listeners.tell(listener -> listener.costUnknown(work.name()));
        }
    }

    void done(SubjectWork work, Outcome outcome) {
        failed += outcome.reply().isEmpty() ? 1 : 0;
        BenchmarkListener.Progress progress = progress();
        listeners.tell(listener -> {
            listener.questionDone(work.name(), outcome, work.done(), work.questions());
            listener.progressed(progress);
        });
    }

    private BenchmarkListener.Progress progress() {
        int done = 0;
        int questions = 0;
        for (Lane lane : lanes) {
            done += done(lane);
            questions += questions(lane);
        }
        Duration elapsed = Duration.ofNanos(Math.max(0, nanoTicker.getAsLong() - start));
        return new BenchmarkListener.Progress(done, questions, failed, elapsed, left(elapsed), spend.spent());
    }

    /** Lanes run beside each other: the run ends with the one that needs longest at the rate it had so far. */
    private Optional<Duration> left(Duration elapsed) {
        double longest = 0;
        for (int i = 0; i < lanes.size(); i++) {
            int open = questions(lanes.get(i)) - done(lanes.get(i));
            int done = done(lanes.get(i)) - doneBefore[i];
            if (open > 0 && done == 0) {
                return Optional.empty();
            }
            longest = open == 0 ? longest : Math.max(longest, (double) elapsed.toNanos() / done * open);
        }
        return Optional.of(Duration.ofNanos(Math.round(longest)));
    }

    private static int done(Lane lane) {
        return lane.subjects().stream().mapToInt(SubjectWork::done).sum();
    }

    private static int questions(Lane lane) {
        return lane.subjects().stream().mapToInt(SubjectWork::questions).sum();
    }
}
