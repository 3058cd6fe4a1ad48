package dev.melancia.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a benchmark on one thread and by a hand clock: calls end in an order drawn by a seed, and a pause lasts as long as it
 * takes to turn the clock. It watches that the rules about who runs beside whom hold.
 */
final class HandCrew implements Effects.Crew {

    private final Random random;
    private final List<Call> underWay = new ArrayList<>();
    private final List<Call> started = new ArrayList<>();
    private final Map<String, Integer> mostOfSubject = new HashMap<>();
    private long now;
    private int mostInAll;
    private int limit = Integer.MAX_VALUE;
    private Runnable beforeEnd = () -> {};

    HandCrew(long seed) {
        this.random = new Random(seed);
    }

    /** What is done before each call ends. */
    void beforeEnd(Runnable action) {
        this.beforeEnd = action;
    }

    /** The hand clock. */
    long nanoTime() {
        return now;
    }

    void pass(long nanos) {
        now += nanos;
    }

    /** The calls in the order in which they were given to a worker. */
    List<Call> started() {
        return List.copyOf(started);
    }

    int mostInAll() {
        return mostInAll;
    }

    int mostOf(String subject) {
        return mostOfSubject.getOrDefault(subject, 0);
    }

    @Override
    public Workers hire(int most, Caller caller) {
        underWay.clear();
        limit = most;
        return new HandWorkers(caller);
    }

    private void check(Call call) {
        if (underWay.size() > limit) {
            throw new AssertionError("more calls under way than workers: " + underWay);
        }
        mostInAll = Math.max(mostInAll, underWay.size());
        String name = call.subject().name();
        int ofSubject = (int) underWay.stream()
                .filter(other -> other.subject().name().equals(name))
                .count();
        mostOfSubject.merge(name, ofSubject, Math::max);
        if (ofSubject > call.subject().placement().concurrency()) {
            throw new AssertionError("more calls than the placement of " + name + " allows: " + underWay);
        }
        Optional<String> machine = call.subject().placement().machine();
        for (Call other : underWay.subList(0, underWay.size() - 1)) {
            boolean sharesIt =
                    machine.isPresent() && other.subject().placement().machine().equals(machine);
            if (sharesIt && !other.subject().name().equals(name)) {
                throw new AssertionError("two subjects at once on " + machine.get() + ": " + underWay);
            }
            if (other.subject().name().equals(name) && (other.warmUp() || call.warmUp())) {
                throw new AssertionError("a warm-up beside another call: " + underWay);
            }
        }
    }

    private final class HandWorkers implements Workers, Mailbox {

        private final Caller caller;

        private HandWorkers(Caller caller) {
            this.caller = caller;
        }

        @Override
        public void start(Call call) {
            underWay.add(call);
            started.add(call);
            check(call);
        }

        @Override
        public int interrupt() {
            caller.stop();
            return underWay.size();
        }

        @Override
        public Mailbox mailbox() {
            return this;
        }

        @Override
        public void close() {
            underWay.clear();
        }

        @Override
        public void put(CallEnd end) {
            throw new AssertionError("calls end in take");
        }

        @Override
        public @Nullable CallEnd take(long nanos) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (underWay.isEmpty()) {
                if (nanos == FOR_EVER) {
                    throw new AssertionError("the run waits for ever");
                }
                now += nanos;
                return null;
            }
            now += random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(1));
            beforeEnd.run();
            return caller.call(underWay.remove(random.nextInt(underWay.size())));
        }

        @Override
        public long nanoTime() {
            return now;
        }
    }
}
