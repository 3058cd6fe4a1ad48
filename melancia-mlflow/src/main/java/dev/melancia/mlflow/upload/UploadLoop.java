package dev.melancia.mlflow.upload;

import dev.melancia.journal.FolderLock;
import dev.melancia.journal.JournalPosition;
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
    private @Nullable Owned owned;

    /** The last question that was asked before the window was read. */
    private long questions;

    /** What belongs to whoever has the folder. */
    private record Owned(FolderLock lock, UploadState state, Deliverer deliverer, UploadWindow window) {}

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
            work(ticket);
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

    /** One step. */
    private void work(long ticket) throws InterruptedException {
        Owned mine = owned();
        if (mine == null) {
            probe.answered(positionOfTheOther(), ticket).ifPresent(signal::reached);
            signal.pause(settings.mergeDelay(), ticket);
            return;
        }
        UploadWindow window = mine.window();
        if (window.plan().isEmpty()) {
            questions = ticket;
            if (!window.refill()) {
                signal.reached(ticket);
                signal.pause(settings.mergeDelay(), ticket);
                return;
            }
        }
        if (!window.plan().isEmpty()) {
            if (mine.deliverer().next(window.plan())) {
                outage.succeeded();
                backoff.reset();
            }
        }
        if (window.plan().isEmpty()) {
            delivered(mine);
        }
    }

    /** Whoever asked before the window was read is answered even if others never stop to write. */
    private void delivered(Owned mine) throws InterruptedException {
        remember(mine.state(), mine.window());
        mine.deliverer().remembered();
        if (mine.window().tookAll()) {
            signal.reached(questions);
            if (mine.window().small()) {
                signal.pause(settings.mergeDelay(), questions);
            }
        }
    }

    private static void remember(UploadState state, UploadWindow window) {
        try {
            state.save(window.end());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the upload state", failure);
        }
    }

    /** What this uploader works with, or null while another one has the folder. */
    private @Nullable Owned owned() {
        if (owned != null) {
            return owned;
        }
        try {
            Optional<FolderLock> lock = FolderLock.tryAcquire(folder.resolve("lock"));
            if (lock.isPresent()) {
                owned = own(lock.get());
            } else if (!toldOfAnother) {
                toldOfAnother = true;
                LOG.atInfo()
                        .addKeyValue("folder", folder)
                        .log("another uploader has this folder and delivers what is in it; this one waits");
            }
            return owned;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot use the upload folder " + folder, failure);
        }
    }

    private Owned own(FolderLock lock) throws IOException {
        boolean used = false;
        try {
            UploadState state = UploadState.load(stateFile());
            UploadWindow window = new UploadWindow(new JournalReader(store, state.position()), parts.rejected());
            Owned mine = new Owned(lock, state, deliverer(state), window);
            used = true;
            return mine;
        } finally {
            if (!used) {
                lock.close();
            }
        }
    }

    private Deliverer deliverer(UploadState state) {
        ServerRuns runs = new ServerRuns(parts.server(), state);
        Duration settling = settings.greatestBackoff().compareTo(SETTLING) < 0 ? settings.greatestBackoff() : SETTLING;
        RunCreation creation =
                new RunCreation(parts.server(), new CreationDoubt(folder.resolve("creating")), signal, settling);
        return new Deliverer(parts, runs, new RunDelivery(parts.server(), store, runs, creation, parts.rejected()));
    }

    private JournalPosition positionOfTheOther() {
        try {
            return UploadState.positionIn(stateFile());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the upload state", failure);
        }
    }

    private Path stateFile() {
        return folder.resolve(UploadState.FILE);
    }

    private void release() {
        Owned held = owned;
        owned = null;
        if (held != null) {
            try {
                held.lock().close();
            } catch (IOException failure) {
                outage.failed(new UncheckedIOException("cannot free the upload folder", failure));
            }
        }
    }
}
