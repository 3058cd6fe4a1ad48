package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is asked what and when, for one run. Confined to the thread of the run: workers make one call each and report
 * to the mailbox.
 *
 * <p>Lanes take turns while the cap on all calls holds them back, so that a lane with much to ask does not starve another. When
 * the run has to stop, nothing more is asked; calls under way are waited for when the folder is full (they are being paid
 * for), and for a moment only when the run was interrupted.
 */
final class Schedule {

    /** How long interrupted calls may take to end. */
    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Lane> lanes;
    private final int maxConcurrency;
    private final Spend spend;
    private final Workers workers;
    private final Mailbox mailbox;
    private final Watch watch;
    private final List<CallEnd.Done> unsaved = new ArrayList<>();
    private int underWay;
    private int firstLane;
    private @Nullable JournalException shortage;

    Schedule(List<Lane> lanes, int maxConcurrency, Spend spend, Workers workers, Watch watch) {
        this.lanes = lanes;
        this.maxConcurrency = maxConcurrency;
        this.spend = spend;
        this.workers = workers;
        this.mailbox = workers.mailbox();
        this.watch = watch;
    }

    /**
     * Asks until there is nothing left that may be asked, or the folder is full.
     *
     * @throws InterruptedException when the thread was interrupted; calls under way are interrupted too
     */
    void run() throws InterruptedException {
        try {
            dispatch();
            for (long wait = untilResumed(); underWay > 0 || wait < Mailbox.FOR_EVER; wait = untilResumed()) {
                CallEnd end = mailbox.take(wait);
                if (end != null) {
                    handle(end);
                }
                dispatch();
            }
        } catch (InterruptedException | RuntimeException | Error stop) {
            stop();
            throw stop;
        }
    }

    /** Why the folder took no more; empty when it took everything. */
    Optional<JournalException> shortage() {
        return Optional.ofNullable(shortage);
    }

    /** What was answered and could not be kept. */
    List<CallEnd.Done> unsaved() {
        return List.copyOf(unsaved);
    }

    /** How long until something put off may be asked. */
    private long untilResumed() {
        long now = mailbox.nanoTime();
        long wait = Mailbox.FOR_EVER;
        for (Lane lane : lanes) {
            Optional<SubjectWork> work = shortage == null ? lane.current() : Optional.empty();
            if (work.isPresent() && work.get().hasWork() && work.get().resumesAt() > now) {
                wait = Math.min(wait, work.get().resumesAt() - now);
            }
        }
        return wait;
    }

    private void dispatch() {
        int idle = 0;
        while (shortage == null && underWay < maxConcurrency && idle < lanes.size()) {
            Lane lane = lanes.get(firstLane);
            firstLane = (firstLane + 1) % lanes.size();
            idle = dispatch(lane) ? 0 : idle + 1;
        }
    }

    private boolean dispatch(Lane lane) {
        Optional<SubjectWork> current = lane.current();
        while (current.isPresent()) {
            SubjectWork work = current.get();
            if (work.begin()) {
                watch.began(work);
            }
            if (spend.isOver(work.name()) && work.close()) {
                watch.budgetSpent(work);
            }
            if (!work.isOver()) {
                return start(work);
            }
            current = lane.current();
        }
        return false;
    }

    private boolean start(SubjectWork work) {
        if (!spend.allows(work.name())) {
            return false;
        }
        Optional<Call> next = work.next(mailbox.nanoTime());
        next.ifPresent(call -> {
            spend.began(work.name());
            underWay++;
            workers.start(call);
        });
        return next.isPresent();
    }

    private void handle(CallEnd end) {
        underWay--;
        SubjectWork work = work(end.call());
        spend.ended(work.name());
        if (end instanceof CallEnd.Done done) {
            done(work, done);
        } else if (end instanceof CallEnd.PutOff off) {
            work.putOff(off.call(), mailbox.nanoTime() + off.pause().toNanos());
            watch.paused(work, off.pause());
        } else if (end instanceof CallEnd.NotAsked not) {
            work.givenUp();
            shortage = not.unsaved();
        } else if (end instanceof CallEnd.Broke broke) {
            work.givenUp();
            rethrow(broke.failure());
        } else {
            work.givenUp();
        }
    }

    private void done(SubjectWork work, CallEnd.Done done) {
        shortage = done.shortage() == null ? shortage : done.shortage();
        if (!done.kept()) {
            unsaved.add(done);
        }
        work.done(done.call(), done.outcome());
        done.outcome().reply().ifPresent(answer -> {
            spend.paid(work.name(), answer.cost());
            watch.paid(work, answer.cost());
        });
        if (!done.call().warmUp()) {
            watch.done(work, done.outcome());
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private SubjectWork work(Call call) {
        for (Lane lane : lanes) {
            for (SubjectWork work : lane.subjects()) {
                if (work.subject() == call.subject()) {
                    return work;
                }
            }
        }
        throw new IllegalStateException(
                "no lane has the subject " + call.subject().name());
    }

    /** Interrupts what is under way and takes in what ends in time; a second interrupt ends that too. */
    private void stop() {
        underWay -= workers.interrupt();
        long end = mailbox.nanoTime() + GRACE_NANOS;
        try {
            for (long left = GRACE_NANOS; underWay > 0 && left > 0; left = end - mailbox.nanoTime()) {
                CallEnd late = mailbox.take(left);
                if (late == null) {
                    return;
                }
                underWay--;
                if (late instanceof CallEnd.Done done) {
                    done(work(done.call()), done);
                }
            }
        } catch (InterruptedException secondTime) {
            // The caller gets an exception in any case, and sets the flag again.
            return;
        }
    }
}
