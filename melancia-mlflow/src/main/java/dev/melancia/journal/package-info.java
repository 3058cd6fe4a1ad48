/**
 * An append-only journal in a folder: the queue and the local store of whatever is written to it.
 *
 * <pre>{@code
 * try (Journal journal = Journal.open(folder)) {
 *     journal.append("{\"v\":1,\"type\":\"note\"}"); // returned = survives kill -9 of this process
 *     journal.flush(); // returned = survives a power loss too
 * }
 * JournalReader reader = new JournalReader(folder, JournalPosition.START);
 * for (Optional<JournalRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
 *     use(record.get().text());
 * }
 * }</pre>
 *
 * <p>What was read by all who follow the journal can be rewritten with less records by somebody who knows their meaning:
 *
 * <pre>{@code
 * JournalCompaction.of(folder, clock).run(List.of(reader.position()), MyPacker::new);
 * }</pre>
 *
 * <p>Each {@link dev.melancia.journal.Journal} writes segments of its own, so many processes may share a folder without
 * a lock. The journal knows nothing of what its records mean.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.journal;

import org.jspecify.annotations.NullMarked;
