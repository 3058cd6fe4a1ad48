package dev.melancia.mlflow.upload;

import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import dev.melancia.mlflow.tracking.RunJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A bounded stretch of the journal under delivery. What is held in memory is at most this, however far the server is
 * behind. Confined to one thread.
 */
final class UploadWindow {

    private static final int MAX_EVENTS = 20_000;
    private static final long MAX_BYTES = 8L << 20;

    private final JournalReader reader;
    private final RejectedEvents rejected;
    private Deque<Delivery> plan = new ArrayDeque<>();
    private JournalPosition end;
    private boolean tookAll;
    private int events;

    UploadWindow(JournalReader reader, RejectedEvents rejected) {
        this.reader = reader;
        this.rejected = rejected;
        this.end = reader.position();
    }

    Deque<Delivery> plan() {
        return plan;
    }

    /** How far the journal is delivered when the plan is empty. */
    JournalPosition end() {
        return end;
    }

    /** Whether the journal ended where the last refill did. */
    boolean tookAll() {
        return tookAll;
    }

    /** Whether what the last refill took is worth less than one full request. */
    boolean small() {
        return events < RunJson.MAX_ITEMS;
    }

    /** Takes the next stretch; false when there is nothing new. */
    boolean refill() {
        List<TrackingEvent> events = new ArrayList<>();
        long bytes = 0;
        boolean any = false;
        tookAll = false;
        while (events.size() < MAX_EVENTS && bytes < MAX_BYTES) {
            Optional<JournalRecord> record = next(any);
            if (record.isEmpty()) {
                break;
            }
            any = true;
            bytes += record.get().json().length;
            decode(record.get()).ifPresent(event -> addTo(events, event));
        }
        end = reader.position();
        this.events = events.size();
        rejected.damaged(reader.damage());
        plan = Delivery.plan(events);
        return any;
    }

    /** Packed points are delivered like those that were not. */
    private static void addTo(List<TrackingEvent> events, TrackingEvent event) {
        if (event instanceof RunEvent.Points points) {
            events.addAll(points.metrics());
        } else {
            events.add(event);
        }
    }

    /** A failure behind records that were read is left to the next refill: the reader has passed them for good. */
    private Optional<JournalRecord> next(boolean any) {
        try {
            Optional<JournalRecord> record = reader.next();
            tookAll = record.isEmpty();
            return record;
        } catch (RuntimeException unreadable) {
            if (any) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }

    private Optional<TrackingEvent> decode(JournalRecord record) {
        try {
            return EventCodec.decode(record.json());
        } catch (IllegalArgumentException broken) {
            rejected.unreadable(record.segment() + "@" + record.offset(), broken);
            return Optional.empty();
        }
    }
}
