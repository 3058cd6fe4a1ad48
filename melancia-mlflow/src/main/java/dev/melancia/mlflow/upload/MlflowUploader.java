package dev.melancia.mlflow.upload;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the runs and traces of a journal folder to an MLflow server, on one daemon thread named
 * {@code melancia-mlflow-uploader}.
 *
 * <p>Events are delivered at least once with the times they were recorded with, which MLflow stores exactly once. A
 * server that is down, hangs or fails is asked again at growing intervals, with one warning per cause; nothing is lost
 * and memory does not grow, since what waits is in the journal. Where delivery stands is kept in the folder, so a later
 * process goes on. Several uploaders may be started for one folder and server: one at a time works, the others wait for
 * it to end. An item the server refuses for what it is (400) is set aside, counted and logged; the rest goes on. So are
 * spans on which the server breaks (500) while it takes other things.
 *
 * <p>A run is found on the server by its tag {@code melancia.run_id}, also when another folder started it. After a creation
 * without an answer the search is made again once the server has settled (at most 5 s); an empty second run that comes into
 * being all the same is deleted when the run ends.
 *
 * <p>Thread-safe. Closing waits up to 5 s for what is left.
 *
 * @since 0.1.0
 */
public final class MlflowUploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MlflowUploader.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long JOIN_MILLIS = 1_000;

    private final UploadParts parts;
    private final Thread thread;
    private final Backlog backlog;
    private volatile boolean deliveredAll;

    private MlflowUploader(Path store, MlflowSettings settings) {
        UploadCounters counters = new UploadCounters();
        Path folder = store.resolve(folderName(settings));
        this.parts = new UploadParts(
                folder,
                UploadServer.on(MlflowApi.connectWithoutRetries(settings)),
                new UploadSignal(),
                counters,
                new RejectedEvents(folder.resolve("rejected"), counters, RejectedEvents.MOST_BYTES));
        this.backlog = new Backlog(store, folder.resolve(UploadState.FILE));
        this.thread = daemon(new UploadLoop(store, settings, parts), "melancia-mlflow-uploader");
    }

    /**
     * Starts to upload. Touches neither the disk nor the network on this thread.
     *
     * @param store folder of the journal
     */
    public static MlflowUploader start(Path store, MlflowSettings settings) {
        MlflowUploader uploader = new MlflowUploader(requireNonNull(store, "store"), settings);
        uploader.thread.start();
        return uploader;
    }

    /**
     * Waits until everything the journal holds now is delivered or set aside.
     *
     * @return false when the time is over before that, or the thread was interrupted; delivery goes on
     */
    public boolean flush(Duration timeout) {
        try {
            return parts.signal().await(parts.signal().ask(), timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What was done since the start, and what waits; reads the folder for that, not the network. */
    public UploadStats stats() {
        return parts.counters().snapshot(backlog.bytes());
    }

    /** Whether an event that was set aside for this reason stands for its whole run, of which nothing more is kept. */
    public static boolean standsForItsRun(String reason) {
        return reason.equals(RunDelivery.DELETED);
    }

    /** Journal of the events that were set aside, with the reasons; it need not exist. */
    public Path setAsideFolder() {
        return parts.folder().resolve("rejected");
    }

    /** {@link #close(Duration)} within 5 s. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Waits for what is left, then stops. What is not delivered by then stays in the journal for the next uploader of this
     * folder, and a warning says so.
     *
     * @return whether everything was delivered or set aside; the same again at a second call
     */
    public boolean close(Duration timeout) {
        if (parts.signal().stopped()) {
            return deliveredAll;
        }
        boolean all = flush(timeout);
        deliveredAll = all;
        parts.signal().stop();
        thread.interrupt();
        join();
        parts.server().api().close();
        parts.rejected().close();
        if (!all) {
            LOG.atWarn()
                    .addKeyValue("problem", Objects.requireNonNullElse(parts.counters().problem, "none, but slow"))
                    .log("closed before everything was delivered to MLflow; the rest is in the journal and is"
                            + " delivered when the folder is used again");
        }
        return all;
    }

    private void join() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String folderName(MlflowSettings settings) {
        CRC32C crc = new CRC32C();
        crc.update(settings.uri().toString().getBytes(StandardCharsets.UTF_8));
        // Workspaces share nothing, so that each is a server of its own.
        settings.workspace().ifPresent(name -> crc.update(("\n" + name).getBytes(StandardCharsets.UTF_8)));
        return String.format(Locale.ROOT, "mlflow-%08x", crc.getValue());
    }
}
