package dev.melancia.benchmarks;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cache.ResponseCache;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Millions of instant calls through one router with deadline, cache, breaker and a model that fails at times, some calls on
 * every model; half of the calls stream. Ends with exit code 1 when anything is left over: memory, a thread, a permit, a call without its record.
 * {@code -Dsoak.calls=} says how many (10 million unless set, at least 100,000).
 */
public final class Soak {

    private static final int THREADS = 8;
    private static final int STAGES = 10;
    private static final int WARM_STAGES = 2;
    private static final long LEAST_CALLS = 100_000;
    private static final long CACHE_BYTES = 1L << 20;
    private static final int FAILS_EACH = 7;

    private final long callsPerStage;
    private final LongAdder records = new LongAdder();
    private final ModelRouter router;
    private final List<SoakCaller> callers = new ArrayList<>();

    private Soak(long calls) {
        this.callsPerStage = calls / STAGES;
        this.router = router();
        for (int i = 0; i < THREADS; i++) {
            callers.add(new SoakCaller(router, i));
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        long calls = Long.getLong("soak.calls", 10_000_000);
        if (calls < LEAST_CALLS) {
            throw new IllegalArgumentException("soak.calls must be at least " + LEAST_CALLS + ", was " + calls
                    + "; with fewer, warming up is all that is seen");
        }
        List<String> faults = new Soak(calls).run();
        faults.forEach(fault -> System.out.println("FAULT: " + fault));
        System.out.println(faults.isEmpty() ? "nothing is left over" : "something is left over");
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private ModelRouter router() {
        List<Candidate> candidates = Fixture.candidates();
        AtomicLong asked = new AtomicLong();
        Predicate<ChatRequest> often =
                request -> asked.incrementAndGet() % FAILS_EACH == 0 || SoakCaller.isHopeless(request);
        Predicate<ChatRequest> seldom = SoakCaller::isHopeless;
        return ModelRouter.builder()
                .model(candidates.get(0), new FailingModel(often), new InstantStream(often))
                .model(candidates.get(1), new FailingModel(seldom), new InstantStream(seldom))
                .model(candidates.get(2), new FailingModel(seldom), new InstantStream(seldom))
                .policy(Fixture.policy().build())
                .limits(CallLimits.defaults())
                .cache(ResponseCache.caffeine(CACHE_BYTES, Duration.ofHours(1)))
                .listener(record -> records.increment())
                .build();
    }

    private List<String> run() throws InterruptedException {
        int threadsBefore = SoakMeter.threads();
        List<Long> heaps = new ArrayList<>();
        print("start", heaps, 0);
        for (int stage = 1; stage <= STAGES; stage++) {
            long start = System.nanoTime();
            stage();
            print(stage * callsPerStage + " calls", heaps, System.nanoTime() - start);
        }
        long running = SoakMeter.settled(this::running);
        router.close();
        long threadsLeft = SoakMeter.settled(() -> SoakMeter.threads() - threadsBefore);
        return faults(heaps, running, threadsLeft);
    }

    private void stage() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (SoakCaller caller : callers) {
            Thread thread = new Thread(() -> caller.call(callsPerStage / THREADS), "soak");
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        SoakMeter.settled(this::running);
    }

    private void print(String when, List<Long> heaps, long tookNanos) {
        long heap = SoakMeter.heapAfterCollection();
        heaps.add(heap);
        System.out.println(String.format(
                Locale.ROOT,
                "%-16s %,9.0f calls/s  heap %,d kB  threads %d  running %d  records %,d",
                when,
                tookNanos == 0 ? 0 : callsPerStage * 1e9 / tookNanos,
                heap >> 10,
                SoakMeter.threads(),
                running(),
                records.sum()));
    }

    private long running() {
        return router.candidates().stream()
                .mapToLong(candidate -> router.callsRunning(candidate.id()))
                .sum();
    }

    private List<String> faults(List<Long> heaps, long running, long threadsLeft) {
        List<String> faults = new ArrayList<>();
        long calls = sum(SoakCaller::calls);
        long hopeless = sum(SoakCaller::hopeless);
        long failed = sum(SoakCaller::failed);
        long unanswered = sum(SoakCaller::unanswered);
        System.out.println(String.format(
                Locale.ROOT, "%,d calls, of which %,d failed; %,d records", calls, failed, records.sum()));
        if (records.sum() != calls) {
            faults.add(calls + " calls must give as many records, gave " + records.sum());
        }
        if (failed != hopeless) {
            faults.add("the " + hopeless + " calls that every model fails must fail and no others, " + failed + " did");
        }
        if (unanswered != 0) {
            faults.add("every stream must end with one signal, " + unanswered + " did not");
        }
        if (running != 0) {
            faults.add("no permit may be taken at the end, " + running + " were");
        }
        if (threadsLeft > 0) {
            faults.add("no thread may be left of a closed router, " + threadsLeft + " were");
        }
        SoakMeter.growth(heaps.subList(WARM_STAGES, heaps.size())).ifPresent(faults::add);
        return faults;
    }

    private long sum(ToLongFunction<SoakCaller> count) {
        return callers.stream().mapToLong(count).sum();
    }
}
