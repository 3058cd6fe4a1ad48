package dev.melancia.benchmark;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Prints a line at most every second, and at the end of each subject. Confined to the thread of the run. */
final class ProgressLines implements BenchmarkListener {

    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Appendable out;
    private final LongSupplier nanoTicker;
    private final Map<String, Progress> bySubject = new HashMap<>();

    ProgressLines(Appendable out, LongSupplier nanoTicker) {
        this.out = out;
        this.nanoTicker = nanoTicker;
    }

    @Override
    public void subjectStarted(String subject, int questions) {
        bySubject.put(subject, new Progress(nanoTicker.getAsLong()));
        print(subject + ": " + questions + " questions");
    }

    @Override
    public void questionDone(String subject, Outcome outcome, int done, int questions) {
        long now = nanoTicker.getAsLong();
        Progress progress = bySubject.computeIfAbsent(subject, name -> new Progress(now));
        progress.failed += outcome.reply().isEmpty() ? 1 : 0;
        if (done == questions || now - progress.lastLine >= LINE_EVERY_NANOS) {
            progress.lastLine = now;
            print(line(subject, progress, done, questions));
        }
    }

    private static String line(String subject, Progress progress, int done, int questions) {
        double seconds = (progress.lastLine - progress.start) / 1e9;
        String end = done == questions
                ? "done"
                : String.format(Locale.ROOT, "about %.0f s left", seconds / done * (questions - done));
        return String.format(
                Locale.ROOT,
                "%s: %d/%d, %d failed, %.1f s, %s",
                subject,
                done,
                questions,
                progress.failed,
                seconds,
                end);
    }

    private void print(String line) {
        try {
            out.append(line).append(System.lineSeparator());
            if (out instanceof Flushable buffered) {
                buffered.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Progress {

        private final long start;
        private long lastLine;
        private int failed;

        private Progress(long start) {
            this.start = start;
            this.lastLine = start;
        }
    }
}
