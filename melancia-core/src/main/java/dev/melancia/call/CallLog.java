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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every call record, and feedback, as a line of JSON to a file, on a thread of its own. A call never waits for it:
 * what does not fit the queue, or cannot be written, is counted by {@link #lost()} and told once. What was queued within the
 * last second is lost when the process is killed. A file that is moved away, as when logs are rotated, is made anew.
 * Thread-safe.
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
    private final BlockingQueue<Supplier<String>> queue; // lines are put into words on the log's thread
    private final Settings settings;
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;

    /**
     * How a log works.
     *
     * @param queueSize lines that may wait, at least 1
     * @param closeMillis how long closing waits for them
     * @param comments whether users' words are written
     */
    record Settings(int queueSize, long closeMillis, boolean comments) {}

    CallLog(Path file, LineSink sink, Settings settings) {
        this.file = file;
        this.sink = sink;
        this.queue = new ArrayBlockingQueue<>(settings.queueSize);
        this.settings = settings;
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
        return open(file, new Settings(QUEUE, CLOSE_MILLIS, false));
    }

    /**
     * Opens a log that captures content as well: the words of users' comments, which are personal data. Prompts and answers
     * are in no record.
     *
     * @throws MelanciaException when the file cannot be opened for writing
     */
    public static CallLog openWithContent(Path file) {
        return open(file, new Settings(QUEUE, CLOSE_MILLIS, true));
    }

    private static CallLog open(Path file, Settings settings) {
        requireNonNull(file, "file");
        try {
            return new CallLog(file, new LineFile(file), settings).started();
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

    /** Records and feedback that were not written: the queue was full, the disk refused, or the log was closed. */
    public long lost() {
        return lost.get();
    }

    @Override
    public void onCall(CallRecord record) {
        queue(() -> CallRecordJson.line(record));
    }

    @Override
    public void onFeedback(UserFeedback feedback) {
        queue(() -> FeedbackJson.line(feedback, settings.comments));
    }

    private void queue(Supplier<String> line) {
        if (closed || !queue.offer(line)) {
            lose(1, "the queue is full or closed");
        } else if (ended && queue.remove(line)) {
            lose(1, "the log was closed meanwhile");
        }
    }

    private void write() {
        List<Supplier<String>> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                Supplier<String> first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
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

    private void writeLines(List<Supplier<String>> batch) {
        StringBuilder lines = new StringBuilder();
        int written = 0;
        for (Supplier<String> line : batch) {
            try {
                lines.append(line.get()).append('\n');
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
            thread.join(settings.closeMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        List<Supplier<String>> left = new ArrayList<>();
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
