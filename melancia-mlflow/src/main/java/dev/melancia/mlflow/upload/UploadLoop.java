package dev.melancia.mlflow.upload;

import dev.melancia.journal.FolderLock;
import dev.melancia.journal.JournalReader;
import dev.melancia.mlflow.rest.Backoff;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the uploader's one thread does: own the folder, read, deliver, remember. */
final class UploadLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MlflowUploader.class);

    /** A server that answers again has carried out by then what it was asked before it hung. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Path store;
    private final Path folder;
    private final MlflowSettings settings;
    private final UploadSignal signal;
    private final UploadParts parts;
    private final OutageLog outage;
    private final Backoff backoff;
    private final DeliveryProbe probe;
    private boolean toldOfAnother;
    private @Nullable FolderLock lock;
    private @Nullable UploadState state;
    private @Nullable Deliverer deliverer;
    private @Nullable UploadWindow window;

    UploadLoop(Path store, MlflowSettings settings, UploadParts parts) {
        this.store = store;
        this.probe = new DeliveryProbe(store);
        this.folder = parts.folder();
        this.settings = settings;
        this.signal = parts.signal();
        this.parts = parts;
        this.outage = new OutageLog(settings.uri(), parts.counters(), InstantSource.system());
        this.backoff = Backoff.of(settings, new SplittableRandom());
    }

    @Override
    public void run() {
        try {
            while (!signal.stopped()) {
                turn();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void turn() throws InterruptedException {
        long ticket = signal.asked();
        try {
            if (!work(ticket)) {
                signal.reached(ticket);
                signal.pause(settings.mergeDelay(), ticket);
            }
        } catch (MlflowException failure) {
            pauseAfter(failure, settings.respectsRetryAfter() ? failure.retryAfter() : Optional.empty(), ticket);
        } catch (RuntimeException failure) {
            // The disk, or a defect of ours: this thread must go on either way, or nothing is ever delivered again.
            pauseAfter(failure, Optional.empty(), ticket);
        }
    }

    private void pauseAfter(RuntimeException failure, Optional<Duration> asked, long ticket)
            throws InterruptedException {
        if (signal.stopped()) {
            return;
        }
        outage.failed(failure);
        long seen = asked.isPresent() ? Long.MAX_VALUE : ticket;
        signal.pause(backoff.next(asked), seen);
    }

    /** One step; false when everything that was there is delivered. */
    private boolean work(long ticket) throws InterruptedException {
        if (!owned()) {
            if (!somebodyDeliveredAll()) {
                signal.pause(settings.mergeDelay(), ticket);
                return true;
            }
            return false;
        }
        UploadState mine = state;
        UploadWindow current = window;
        Deliverer active = deliverer;
        if (mine == null || current == null || active == null) {
            return true;
        }
        if (current.plan().isEmpty() && !current.refill()) {
            return false;
        }
        if (!current.plan().isEmpty()) {
            active.next(current.plan());
            outage.succeeded();
            backoff.reset();
        }
        if (current.plan().isEmpty()) {
            remember(mine, current);
            active.remembered();
        }
        return true;
    }

    private static void remember(UploadState state, UploadWindow window) {
        try {
            state.save(window.end());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the upload state", failure);
        }
    }

    private boolean owned() {
        if (lock != null) {
            return true;
        }
        try {
            lock = FolderLock.tryAcquire(folder.resolve("lock")).orElse(null);
            if (lock != null) {
                UploadState loaded = UploadState.load(stateFile());
                state = loaded;
                deliverer = deliverer(loaded);
                window = new UploadWindow(new JournalReader(store, loaded.position()), parts.rejected());
            }
            tellOfAnother();
            return lock != null;
        } catch (IOException failure) {
            release();
            throw new UncheckedIOException("cannot use the upload folder " + folder, failure);
        }
    }

    private void tellOfAnother() {
        if (lock == null && !toldOfAnother) {
            toldOfAnother = true;
            LOG.atInfo()
                    .addKeyValue("folder", folder)
                    .log("another uploader has this folder and delivers what is in it; this one waits");
        }
    }

    private Deliverer deliverer(UploadState state) {
        ServerRuns runs = new ServerRuns(parts.server(), state);
        Duration settling = settings.greatestBackoff().compareTo(SETTLING) < 0 ? settings.greatestBackoff() : SETTLING;
        RunCreation creation =
                new RunCreation(parts.server(), new CreationDoubt(folder.resolve("creating")), signal, settling);
        return new Deliverer(parts, runs, new RunDelivery(parts.server(), store, runs, creation, parts.rejected()));
    }

    private boolean somebodyDeliveredAll() {
        try {
            return probe.delivered(UploadState.load(stateFile()).position());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the upload state", failure);
        }
    }

    private Path stateFile() {
        return folder.resolve(UploadState.FILE);
    }

    private void release() {
        FolderLock held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException failure) {
                outage.failed(new UncheckedIOException("cannot free the upload folder", failure));
            }
        }
    }
}
