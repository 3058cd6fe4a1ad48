package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings users' feedback together with the record of the call it is about, within this process. Not for feedback that
 * comes to another replica than the call, or days later: join the lines of the logs by call id for that. Thread-safe.
 *
 * <p>It keeps the newest 10,000 records for 24 hours at most, with the context of each (a question given there included).
 * Feedback that comes twice is told twice, in order of arrival; which one counts is for the reader to say. Feedback whose
 * call is not known waits a minute for it, for 1,000 calls at most and eight for one; then, or when others take its place, it
 * is counted by {@link #unmatched()}. Expiry is looked at when something comes, so no thread is needed.
 *
 * @since 0.1.0
 */
public final class FeedbackJoin implements CallListener {

    private static final int MOST_WAITING = 1_000;
    private static final int MOST_FOR_A_CALL = 8;
    private static final long WAIT_NANOS = Duration.ofMinutes(1).toNanos();

    private final BiConsumer<CallRecord, UserFeedback> reader;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Newest<CallId, CallRecord> records;
    private final Newest<CallId, List<UserFeedback>> waiting;
    private long unmatched; // guarded by the lock

    private FeedbackJoin(Builder builder) {
        this.reader = builder.reader;
        this.ticker = builder.ticker;
        this.records = new Newest<>(builder.calls, builder.age.toNanos(), record -> {});
        this.waiting = new Newest<>(MOST_WAITING, WAIT_NANOS, left -> unmatched += left.size());
    }

    /** Joins with the defaults. */
    public static FeedbackJoin to(BiConsumer<CallRecord, UserFeedback> reader) {
        return builder(reader).build();
    }

    /**
     * Starts to configure a join.
     *
     * @param reader told of every pair, on the thread that brought its second half: do constant work; must be thread-safe
     */
    public static Builder builder(BiConsumer<CallRecord, UserFeedback> reader) {
        return new Builder(reader);
    }

    /** Feedback for calls that are not known, or no longer: it was handed to nobody. What still waits is not counted. */
    public long unmatched() {
        lock.lock();
        try {
            waiting.expire(ticker.getAsLong());
            return unmatched;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCall(CallRecord record) {
        @Nullable List<UserFeedback> early;
        lock.lock();
        try {
            long now = ticker.getAsLong();
            records.put(record.id(), record, now);
            early = waiting.take(record.id(), now);
        } finally {
            lock.unlock();
        }
        if (early != null) {
            early.forEach(said -> reader.accept(record, said));
        }
    }

    @Override
    public void onFeedback(UserFeedback feedback) {
        @Nullable CallRecord record;
        lock.lock();
        try {
            long now = ticker.getAsLong();
            record = records.get(feedback.call(), now);
            if (record == null) {
                await(feedback, now);
            }
        } finally {
            lock.unlock();
        }
        if (record != null) {
            reader.accept(record, feedback);
        }
    }

    private void await(UserFeedback feedback, long now) {
        List<UserFeedback> before = waiting.take(feedback.call(), now);
        List<UserFeedback> all = new ArrayList<>(before == null ? List.of() : before);
        if (all.size() < MOST_FOR_A_CALL) {
            all.add(feedback);
        } else {
            unmatched++;
        }
        waiting.put(feedback.call(), all, now);
    }

    @Override
    public String toString() {
        return "FeedbackJoin[unmatched=" + unmatched() + "]";
    }

    /** Collects the settings of a join; confined to one thread. */
    public static final class Builder {

        private static final int CALLS = 10_000;
        private static final Duration LONGEST = Duration.ofDays(365);
        private static final Duration AGE = Duration.ofHours(24);

        private final BiConsumer<CallRecord, UserFeedback> reader;
        private int calls = CALLS;
        private Duration age = AGE;
        private LongSupplier ticker = System::nanoTime;

        private Builder(BiConsumer<CallRecord, UserFeedback> reader) {
            this.reader = requireNonNull(reader, "reader");
        }

        /** How many records are kept at most, at least 1; 10,000 unless said otherwise. */
        public Builder calls(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("calls must be at least 1, was " + most);
            }
            this.calls = most;
            return this;
        }

        /** How long a record is kept at most, from 1 ns to 365 days; 24 hours unless said otherwise. */
        public Builder age(Duration longest) {
            if (requireNonNull(longest, "age").isNegative() || longest.isZero() || longest.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("age must be positive and at most 365 days, was " + longest);
            }
            this.age = longest;
            return this;
        }

        /** Nanoseconds from any origin, as {@link System#nanoTime()}, which is the default. */
        public Builder ticker(LongSupplier nanos) {
            this.ticker = requireNonNull(nanos, "ticker");
            return this;
        }

        public FeedbackJoin build() {
            return new FeedbackJoin(this);
        }
    }
}
