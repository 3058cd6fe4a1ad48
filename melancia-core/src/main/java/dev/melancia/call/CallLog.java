package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every call record as a line of JSON to a file, on a thread of its own. A call never waits for it: what does not
 * fit the queue, or cannot be written, is counted by {@link #lost()} and told once. What was queued within the last second
 * is lost when the process is killed. A file that is moved away, as when logs are rotated, is made anew. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallLog implements CallListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);
    private static final int QUEUE = 8_192;
    private static final int BATCH = 512;
    private static final long POLL_MILLIS = 200;
    private static final long CLOSE_MILLIS = 10_000;

    private final Path file;
    private final LineSink sink;
    private final BlockingQueue<CallRecord> queue;
    private final long closeMillis;
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;

    CallLog(Path file, LineSink sink, int queueSize, long closeMillis) {
        this.file = file;
        this.sink = sink;
        this.queue = new ArrayBlockingQueue<>(queueSize);
        this.closeMillis = closeMillis;
        this.thread = new Thread(null, this::write, "melancia-call-log", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(CallLog.class.getClassLoader());
    }

    /**
     * Opens a log, adding to the file if it is there.
     *
     * @throws MelanciaException when the file cannot be opened for writing
     */
    public static CallLog open(Path file) {
        requireNonNull(file, "file");
        try {
            return new CallLog(file, new LineFile(file), QUEUE, CLOSE_MILLIS).started();
        } catch (IOException e) {
            throw new MelanciaException(
                    "call log " + file + " cannot be opened for writing; choose a folder this process may write to", e);
        }
    }

    CallLog started() {
        thread.start();
        return this;
    }

    public Path file() {
        return file;
    }

    /** Records that were not written: the queue was full, the disk refused, or the log was closed. */
    public long lost() {
        return lost.get();
    }

    @Override
    public void onCall(CallRecord record) {
        if (closed || !queue.offer(record)) {
            lose(1, "the queue is full or closed");
        } else if (ended && queue.remove(record)) {
            lose(1, "the log was closed meanwhile");
        }
    }

    private void write() {
        List<CallRecord> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                CallRecord first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    writeLines(batch);
                }
            } catch (InterruptedException e) {
                closed = true; // nobody but a host that ends its threads interrupts ours: write what is left and end
            } finally {
                batch.clear();
            }
        }
    }

    private void writeLines(List<CallRecord> batch) {
        StringBuilder lines = new StringBuilder();
        int written = 0;
        for (CallRecord record : batch) {
            try {
                lines.append(CallRecordJson.line(record)).append('\n');
                written++;
            } catch (RuntimeException e) {
                lose(1, e.getClass().getName());
            }
        }
        try {
            sink.append(lines.toString());
        } catch (IOException e) {
            lose(written, e.toString());
        }
    }

    private void lose(int records, String why) {
        if (lost.getAndAdd(records) == 0 && records > 0) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", why)
                    .log("Call records are not written; lost() counts them, and this is said once");
        }
    }

    /** Writes what is queued, waiting 10 seconds at most, and closes the file. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(closeMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        List<CallRecord> left = new ArrayList<>();
        queue.drainTo(left);
        lose(left.size(), "the log was closed before they were written");
        try {
            sink.close();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.toString())
                    .log("A call log does not close");
        }
    }
}
