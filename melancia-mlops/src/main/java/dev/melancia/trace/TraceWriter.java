package dev.melancia.trace;

import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.trace.Assessment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue between calls and the journal, and the thread that empties it. Thread-safe. */
final class TraceWriter {

    private static final Logger LOG = LoggerFactory.getLogger(TraceWriter.class);
    private static final int BATCH = 256;
    private static final long POLL_MILLIS = 200;

    /** Calls whose texts may wait at once: texts may be large. */
    private static final int MAX_TEXTS = 256;

    private final Journal journal;
    private final String experiment;
    private final CallTraces traces;
    private final boolean texts;
    private final BlockingQueue<Entry> queue;
    private final AtomicInteger textsWaiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong textsDropped = new AtomicLong();
    private final Waiting waiting = new Waiting();
    private final List<byte[]> lines = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;

    TraceWriter(CallTracing.Builder settings, Journal journal) {
        this.journal = journal;
        this.experiment = settings.experiment;
        this.texts = settings.textCharacters > 0;
        this.traces = new CallTraces(settings.textCharacters);
        this.queue = new ArrayBlockingQueue<>(settings.queueSize);
        this.thread = new Thread(null, this::run, "melancia-traces", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(TraceWriter.class.getClassLoader());
    }

    TraceWriter started() {
        thread.start();
        return this;
    }

    /** Never waits: what finds no room is counted. */
    void offer(Entry entry) {
        if (closed || !queue.offer(entry)) {
            drop(1, "the queue is full or closed");
        } else if (ended && queue.remove(entry)) {
            drop(1, "tracing was closed meanwhile");
        }
    }

    /** As {@link #offer}; of the texts fewer may wait. */
    void offer(Entry.Told told) {
        if (textsWaiting.incrementAndGet() > MAX_TEXTS || closed || !queue.offer(told)) {
            textsWaiting.decrementAndGet();
            textsDropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    long textsDropped() {
        return textsDropped.get();
    }

    /** Waits until what was offered before is in the journal; false when the time is over or the writer has ended. */
    boolean await(long nanos) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        long end = nanos / 2;
        boolean asked = !closed && queue.offer(new Entry.Asked(written), end, TimeUnit.NANOSECONDS);
        return asked && written.await(nanos - end, TimeUnit.NANOSECONDS);
    }

    /** Takes nothing more, writes what is there and ends the thread; what that has no time for is counted. */
    void close(long millis) {
        closed = true;
        try {
            thread.join(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        List<Entry> left = new ArrayList<>();
        queue.drainTo(left);
        left.removeIf(entry -> entry instanceof Entry.Asked || entry instanceof Entry.Told);
        drop(left.size(), "tracing was closed before they were written");
    }

    private void run() {
        List<Entry> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                Entry first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                }
                round(batch);
            } catch (InterruptedException e) {
                closed = true; // nobody but a host that ends its threads interrupts ours: write what is left and end
            } finally {
                batch.clear();
            }
        }
        round(List.of());
        round(List.of());
    }

    private void round(List<Entry> batch) {
        for (Entry entry : batch) {
            try {
                take(entry);
            } catch (RuntimeException e) {
                drop(1, e.getClass().getName());
            }
        }
        waiting.takeStale().forEach(call -> spans(call, null));
        append();
    }

    private void take(Entry entry) {
        if (entry instanceof Entry.Called called) {
            if (texts) {
                waiting.add(called.call());
            } else {
                spans(called.call(), null);
            }
        } else if (entry instanceof Entry.Told told) {
            textsWaiting.decrementAndGet();
            waiting.remove(told.call().id());
            spans(told.call(), told.text());
        } else if (entry instanceof Entry.Said said) {
            waiting.take(said.call())
                    .forEach(call -> spans(call, null)); // a trace must be there before what is said of it
            said.assessments().get().forEach(assessment -> said(said, assessment));
        } else if (entry instanceof Entry.Asked asked) {
            settle();
            asked.written().countDown();
        }
    }

    private void settle() {
        waiting.takeStale().forEach(call -> spans(call, null));
        waiting.takeStale().forEach(call -> spans(call, null));
        append();
    }

    /** One call that cannot be put into words must not cost those beside it, nor end the thread. */
    private void spans(CallRecord call, @Nullable CallText text) {
        try {
            Instant at = Instant.EPOCH.plus(Math.max(0, call.startEpochMicros()), ChronoUnit.MICROS);
            String json = traces.of(call, text).toOtlpJson();
            lines.add(EventCodec.encode(new TraceEvent.Spans(target(call.id()), at, json)));
        } catch (RuntimeException e) {
            drop(1, e.getClass().getName());
        }
    }

    private void said(Entry.Said said, Assessment assessment) {
        lines.add(EventCodec.encode(new TraceEvent.Assessed(target(said.call()), said.time(), assessment.toJson())));
    }

    private TraceTarget target(CallId call) {
        return new TraceTarget(CallTraces.traceId(call), experiment, Optional.empty());
    }

    private void append() {
        try {
            journal.appendAll(lines);
        } catch (JournalException e) {
            drop(lines.size() - e.recorded(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // a journal closed by somebody else
            drop(lines.size(), e.getClass().getName());
        } finally {
            lines.clear();
        }
    }

    private void drop(int entries, String why) {
        if (dropped.getAndAdd(entries) == 0 && entries > 0) {
            LOG.atWarn()
                    .addKeyValue("folder", journal.folder())
                    .addKeyValue("why", why)
                    .log("Traces of calls are not written; dropped() counts them, and this is said once");
        }
    }
}
