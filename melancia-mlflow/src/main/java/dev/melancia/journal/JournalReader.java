package dev.melancia.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of all segments of a folder, and goes on when more were appended: after an empty
 * {@link #next()} call it again later. Records of one journal come in the order of their appends; between journals there
 * is no order. Segments of processes that are gone are read like all others.
 *
 * <p>A line that is not whole or whose checksum is wrong is skipped, counted in {@link #damage()} and logged once per
 * segment. Half a line at the end of a segment whose writer lives is not damage: it is read when it is whole. Confined
 * to one thread.
 *
 * @since 0.1.0
 */
public final class JournalReader {

    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final Path folder;
    private final Map<String, Long> offsets;
    private final Set<String> told = new HashSet<>();
    private final Set<String> torn = new HashSet<>();
    private JournalDamage damage = JournalDamage.NONE;
    private @Nullable Iterator<String> pass;
    private @Nullable SegmentScanner scanner;
    private boolean foundInPass;

    /** A reader that begins behind what {@code from} has consumed. */
    public JournalReader(Path folder, JournalPosition from) {
        this.folder = requireNonNull(folder, "folder");
        this.offsets = new TreeMap<>(from.offsets());
    }

    /**
     * The next record, or empty when all that is there now was read.
     *
     * @throws JournalException when the folder or a segment cannot be read
     */
    public Optional<JournalRecord> next() {
        try {
            while (true) {
                SegmentScanner segment = scanner != null ? scanner : nextSegment();
                if (segment == null) {
                    return Optional.empty();
                }
                JournalRecord found = segment.next(this::corrupt);
                offsets.put(segment.name(), segment.offset());
                if (found != null) {
                    foundInPass = true;
                    return Optional.of(found);
                }
                ended(segment);
            }
        } catch (IOException failure) {
            throw new JournalException("cannot read the journal in " + folder, failure);
        }
    }

    /** Where this reader stands: behind the last record it returned, and behind damage it skipped after that. */
    public JournalPosition position() {
        return JournalPosition.of(offsets);
    }

    /** What was skipped since this reader was made. */
    public JournalDamage damage() {
        return damage;
    }

    /** Passes over all segments until one pass brings nothing; a list is taken before its segments are read, so order holds. */
    private @Nullable SegmentScanner nextSegment() throws IOException {
        Iterator<String> names = pass;
        if (names == null || (!names.hasNext() && foundInPass)) {
            List<String> all = SegmentName.list(folder);
            offsets.keySet().retainAll(new HashSet<>(all));
            names = all.iterator();
            foundInPass = false;
        }
        pass = names;
        while (names.hasNext()) {
            String name = names.next();
            long offset = offsets.getOrDefault(name, 0L);
            if (folder.resolve(name).toFile().length() != offset) {
                scanner = new SegmentScanner(folder, name, offset);
                return scanner;
            }
        }
        if (foundInPass) {
            return nextSegment();
        }
        pass = null;
        return null;
    }

    private void ended(SegmentScanner segment) {
        scanner = null;
        if (segment.endsInsideLine() && !SegmentName.writerAlive(segment.name()) && torn.add(segment.name())) {
            damage = damage.plusTorn();
            LOG.atWarn()
                    .addKeyValue("segment", segment.name())
                    .addKeyValue("offset", segment.offset())
                    .log("a journal segment ends inside a line; that record was never acknowledged and is skipped");
        }
    }

    private void corrupt(String segment, long offset, long bytes) {
        damage = damage.plusCorrupt(bytes);
        if (told.add(segment)) {
            LOG.atWarn()
                    .addKeyValue("segment", segment)
                    .addKeyValue("offset", offset)
                    .addKeyValue("bytes", bytes)
                    .log("a journal segment has a damaged line; it is skipped, as are further ones (counted)");
        }
    }
}
