package dev.melancia.benchmark;

import dev.melancia.scorer.Question;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be asked of one subject, in which order. Confined to the thread of the run.
 *
 * <p>Warm-ups come first, one after another. Then strands are begun in their order; the next turn of a strand goes before
 * the next strand, and what was put off before both.
 */
final class SubjectWork {

    private final Subject subject;
    private final Placement placement;
    private final int questions;
    private final int warmUps;
    private final Map<CallKey, Outcome> outcomes = new HashMap<>();
    private final List<Outcome> warmedUp = new ArrayList<>();
    private final Deque<Call> putOff = new ArrayDeque<>();
    private final Deque<Strand> ready = new ArrayDeque<>();
    private final Map<CallKey, Strand> strandOf = new HashMap<>();
    private int warmUpsDone;
    private int underWay;
    private long resumesAt = Long.MIN_VALUE;
    private boolean begun;
    private boolean closed;

    SubjectWork(Subject subject, List<Strand> strands, int warmUps, KeptRun kept) {
        this.subject = subject;
        this.placement = subject.placement();
        int asks = 0;
        for (Strand strand : strands) {
            for (Question turn : strand.turns()) {
                CallKey key = key(turn, strand.repeat());
                strandOf.put(key, strand);
                kept.outcome(key).ifPresent(outcome -> outcomes.put(key, outcome));
                asks++;
            }
            if (firstOpen(strand) != null) {
                ready.add(strand);
            }
        }
        questions = asks;
        warmedUp.addAll(kept.warmUps(subject.name()));
        this.warmUps = ready.isEmpty() ? 0 : warmUps;
    }

    private CallKey key(Question turn, int repeat) {
        return new CallKey(subject.name(), turn.id(), repeat);
    }

    private @Nullable Question firstOpen(Strand strand) {
        for (Question turn : strand.turns()) {
            if (!outcomes.containsKey(key(turn, strand.repeat()))) {
                return turn;
            }
        }
        return null;
    }

    Subject subject() {
        return subject;
    }

    Placement placement() {
        return placement;
    }

    String name() {
        return subject.name();
    }

    int questions() {
        return questions;
    }

    int done() {
        return outcomes.size();
    }

    int underWay() {
        return underWay;
    }

    /** When it may be asked again, in the mailbox's time; the smallest number when it need not wait. */
    long resumesAt() {
        return resumesAt;
    }

    /** Whether this is the first time that it is asked for. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    boolean isOver() {
        return underWay == 0 && !hasWork();
    }

    /** Whether something waits to be asked, now or later. */
    boolean hasWork() {
        return !closed && (!putOff.isEmpty() || !ready.isEmpty());
    }

    /** Nothing more is asked; true the first time, if there was something to ask. */
    boolean close() {
        boolean first = hasWork();
        closed = true;
        return first;
    }

    /** Questions that were neither asked nor are under way. */
    int unasked() {
        return questions - outcomes.size() - underWay;
    }

    /** The next call that may be made now; it counts as under way from then on. */
    Optional<Call> next(long now) {
        if (closed || now < resumesAt || underWay >= placement.concurrency()) {
            return Optional.empty();
        }
        Optional<Call> next = choose();
        next.ifPresent(call -> underWay++);
        return next;
    }

    private Optional<Call> choose() {
        boolean warmingUp = warmUpsDone < warmUps;
        if (warmingUp && underWay > 0) {
            return Optional.empty();
        }
        if (!putOff.isEmpty()) {
            return Optional.of(putOff.poll());
        }
        if (warmingUp) {
            return Optional.of(Call.warmUp(subject, warmedUp.size()));
        }
        Strand strand = ready.poll();
        return strand == null ? Optional.empty() : Optional.of(turn(strand));
    }

    private Call turn(Strand strand) {
        List<Ask.Turn> earlier = new ArrayList<>();
        for (Question turn : strand.turns()) {
            Outcome outcome = outcomes.get(key(turn, strand.repeat()));
            if (outcome == null) {
                return Call.of(subject, new Ask(turn, earlier, strand.repeat()));
            }
            outcome.reply().ifPresent(answer -> earlier.add(new Ask.Turn(turn, answer)));
        }
        throw new IllegalStateException("a strand without an open turn was ready");
    }

    /** A call has its outcome. */
    void done(Call call, Outcome outcome) {
        underWay--;
        if (call.warmUp()) {
            warmUpsDone++;
            warmedUp.add(outcome);
            return;
        }
        outcomes.put(call.key(), outcome);
        Strand strand = strandOf.get(call.key());
        if (strand != null && firstOpen(strand) != null) {
            ready.addFirst(strand);
        }
    }

    /** A call is to be made again, and nothing is to be asked before that. */
    void putOff(Call call, long until) {
        underWay--;
        resumesAt = Math.max(resumesAt, until);
        putOff.add(call.again());
    }

    /** A call ended without an outcome. */
    void givenUp() {
        underWay--;
    }

    /** What came of it so far, in the order of the questions and then by repeat. */
    SubjectResult result(List<Question> inOrder, int repeats) {
        List<Outcome> ordered = new ArrayList<>();
        for (Question question : inOrder) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                Outcome outcome = outcomes.get(key(question, repeat));
                if (outcome != null) {
                    ordered.add(outcome);
                }
            }
        }
        return new SubjectResult(name(), placement, ordered, warmedUp);
    }
}
