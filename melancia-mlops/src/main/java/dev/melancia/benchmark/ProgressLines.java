package dev.melancia.benchmark;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Prints a line at most every second, and whatever happens seldom. Confined to the thread of the run. */
final class ProgressLines implements BenchmarkListener {

    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Appendable out;
    private final LongSupplier nanoTicker;
    private long lastLine;

    ProgressLines(Appendable out, LongSupplier nanoTicker) {
        this.out = out;
        this.nanoTicker = nanoTicker;
        lastLine = nanoTicker.getAsLong();
    }

    @Override
    public void subjectStarted(String subject, int questions) {
        print(subject + ": " + questions + " questions");
    }

    @Override
    public void questionDone(String subject, Outcome outcome, int done, int questions) {
        if (done == questions) {
            print(subject + ": all " + questions + " questions done");
        }
    }

    @Override
    public void progressed(Progress progress) {
        if (progress.done() == progress.questions() || isDue()) {
            print(String.format(
                    Locale.ROOT,
                    "%d/%d, %d failed, %s, %s, %s",
                    progress.done(),
                    progress.questions(),
                    progress.failed(),
                    text(progress.elapsed()),
                    progress.spent(),
                    left(progress)));
        }
    }

    private boolean isDue() {
        long now = nanoTicker.getAsLong();
        boolean due = now - lastLine >= LINE_EVERY_NANOS;
        lastLine = due ? now : lastLine;
        return due;
    }

    private static String left(Progress progress) {
        if (progress.done() == progress.questions()) {
            return "done";
        }
        return progress.left().map(left -> "about " + text(left) + " left").orElse("time left not known yet");
    }

    @Override
    public void paused(String subject, Duration pause) {
        print(subject + ": its server asks to come back in " + text(pause));
    }

    @Override
    public void budgetSpent(String subject, int unasked) {
        print(subject + ": the budget allows no further call, " + unasked + " questions are not asked");
    }

    @Override
    public void costUnknown(String subject) {
        print(subject + ": costs are not known, the budget cannot hold for it");
    }

    @Override
    public void scored(int done, int answers) {
        if (done < answers && isDue()) {
            print("scores: " + done + "/" + answers);
        }
    }

    /** Such as {@code 12.3 s} or {@code 4 min}. */
    private static String text(Duration time) {
        double seconds = time.toNanos() / 1e9;
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
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
}
