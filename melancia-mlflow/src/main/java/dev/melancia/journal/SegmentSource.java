package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/** Creates the segments of one journal, each with a later start than the one before. Confined to the journal's lock. */
final class SegmentSource {

    private final Path folder;
    private final InstantSource clock;
    private final SplittableRandom randomness;
    private final SegmentFile.Opener opener;
    private long lastStartMicros;

    SegmentSource(Path folder, InstantSource clock, SplittableRandom randomness, SegmentFile.Opener opener) {
        this.folder = folder;
        this.clock = clock;
        this.randomness = randomness;
        this.opener = opener;
    }

    OpenSegment create() throws IOException {
        Files.createDirectories(folder);
        lastStartMicros = Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), lastStartMicros + 1);
        int random = randomness.nextInt();
        String name = SegmentName.of(lastStartMicros, ProcessHandle.current().pid(), random);
        return new OpenSegment(opener.create(folder.resolve(name)));
    }
}
