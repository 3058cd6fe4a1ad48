package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Creates the segments of one journal, each with a later start than the one before. Creation is confined to the journal's
 * lock, the sync of the names to its sync lock.
 */
final class SegmentSource {

    private final Path folder;
    private final InstantSource clock;
    private final SplittableRandom randomness;
    private final SegmentFile.Opener opener;
    private long lastStartMicros;

    /** Folders with a name that is not known to be on the device: the journal's, and those above what was created. */
    private final Queue<Path> toSync = new ConcurrentLinkedQueue<>();

    SegmentSource(Path folder, InstantSource clock, SplittableRandom randomness, SegmentFile.Opener opener) {
        this.folder = folder;
        this.clock = clock;
        this.randomness = randomness;
        this.opener = opener;
    }

    OpenSegment create() throws IOException {
        createFolder();
        lastStartMicros = Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), lastStartMicros + 1);
        int random = randomness.nextInt();
        String name = SegmentName.of(lastStartMicros, ProcessHandle.current().pid(), random);
        OpenSegment segment = new OpenSegment(opener.create(folder.resolve(name)));
        toSync.add(folder);
        return segment;
    }

    /** A parent that may be written but not read cannot be synced. */
    private void createFolder() throws IOException {
        List<Path> parents = new ArrayList<>();
        Path missing = folder.toAbsolutePath();
        while (missing.getParent() != null && !Files.exists(missing)) {
            missing = missing.getParent();
            parents.add(missing);
        }
        Files.createDirectories(folder);
        parents.stream().filter(Files::isReadable).forEach(toSync::add);
    }

    /** Brings the names of the segments, and of folders that were created for them, to the device. */
    void syncNames() throws IOException {
        for (Path next = toSync.peek(); next != null; next = toSync.peek()) {
            opener.syncNames(next);
            toSync.remove();
        }
    }
}
