package dev.melancia.trace;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.melancia.call.CallId;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.UserFeedback;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.trace.Assessment;
import dev.melancia.mlflow.trace.AssessmentSource;
import dev.melancia.mlflow.upload.MlflowUploader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes every call of a router as a trace of MLflow into a journal, from where it is brought to the server. Tokens, exact cost,
 * times, the decision with its reasons, conversation, tenant, tags and the keyed hash of the user are in it; prompts and answers
 * are not, unless asked for. Not an archive of record: use a {@link dev.melancia.call.CallLog} for that.
 *
 * <p>A call never waits for it and never fails by it. What does not fit the queue, or cannot be written, is counted by
 * {@link #dropped()} and told once. What was queued within the last second is lost when the process is killed; what is in the
 * journal is not.
 *
 * <p>Thread-safe. Owns the daemon thread {@code melancia-traces}. Defaults: experiment {@code production}, every call traced, no
 * content, no server.
 *
 * @since 0.1.0
 */
public final class CallTracing implements CallListener, AutoCloseable {

    private final Sampling sampling;
    private final boolean keepsFailures;
    private final boolean texts;
    private final FeedbackAssessments feedbacks;
    private final InstantSource clock;
    private final Duration closeTimeout;
    private final Journal journal;
    private final TraceWriter writer;
    private final Optional<MlflowUploader> uploader;
    private final Predicate<Duration> delivery;

    private CallTracing(Builder builder) {
        this.sampling = builder.sampling;
        this.keepsFailures = builder.keepsFailures;
        this.texts = builder.textCharacters > 0;
        this.feedbacks = new FeedbackAssessments(builder.comments);
        this.clock = builder.clock;
        this.closeTimeout = builder.closeTimeout;
        this.journal = Journal.open(builder.folder, Journal.DEFAULT_SEGMENT_BYTES, clock);
        this.uploader = builder.mlflow.map(settings -> MlflowUploader.start(builder.folder, settings));
        this.delivery =
                uploader.<Predicate<Duration>>map(active -> active::flush).orElse(builder.delivery);
        this.writer = new TraceWriter(builder, journal).started();
    }

    /** Tracing into this folder, which is created with the first trace. Best not the one of experiment runs: it grows with every call. */
    public static Builder builder(Path folder) {
        return new Builder(requireNonNull(folder, "folder"), timeout -> true);
    }

    /** Tracing into the folder and experiment of a tracker, which brings the traces to its server and must stay open meanwhile. */
    public static Builder builder(ExperimentTracker tracker) {
        return new Builder(tracker.folder(), tracker::flush).experiment(tracker.experiment());
    }

    /** Id of the trace of a call, 32 hexadecimal digits: the call's own; MLflow shows {@code tr-<id>}. */
    public static String traceId(CallId call) {
        return CallTraces.traceId(call);
    }

    /**
     * What the router must be given as well when content is wanted: {@code router.chatModelListener(tracing.contentListener())}.
     * Without {@link Builder#content} it does nothing.
     */
    public ChatModelListener contentListener() {
        return new CallTextListener(this);
    }

    @Override
    public void onCall(CallRecord record) {
        if (isTraced(record)) {
            writer.offer(new Entry.Called(record));
        }
    }

    void told(CallRecord record, CallText text) {
        if (texts && isTraced(record)) {
            writer.offer(new Entry.Told(record, text));
        }
    }

    private boolean isTraced(CallRecord record) {
        return sampling.takes(record.id()) || (keepsFailures && CallTraces.isFailure(record.outcome()));
    }

    /** Feedback of a call that the sampling left out is left out, also when the call was kept as a failure. */
    @Override
    public void onFeedback(UserFeedback feedback) {
        if (sampling.takes(feedback.call())) {
            Instant time = Instant.EPOCH.plus(Math.max(0, feedback.epochMicros()), ChronoUnit.MICROS);
            writer.offer(new Entry.Said(feedback.call(), time, () -> feedbacks.of(feedback)));
        }
    }

    /**
     * Records a score of a call, in whatever process. The same score of the same scorer again is kept once. Left out when the
     * sampling left the call out. Never waits.
     *
     * @param scorer such as {@link AssessmentSource#code} or {@link AssessmentSource#judge}
     * @param name what is scored, 1 to 250 characters
     * @param value any finite number
     * @throws IllegalArgumentException when name or value break these rules
     */
    public void score(CallId call, AssessmentSource scorer, String name, double value) {
        String id = Assessment.idOf(call + " " + scorer.kind() + " " + scorer.id() + " " + name + " " + value);
        assess(
                call,
                Assessment.builder(id, name, scorer)
                        .feedback(value)
                        .time(clock.instant())
                        .build());
    }

    /** Records any assessment of a call, as {@link #score} does: a word, a reason, that a scorer failed, what was expected. */
    public void assess(CallId call, Assessment assessment) {
        requireNonNull(assessment, "assessment");
        if (sampling.takes(call)) {
            writer.offer(new Entry.Said(call, clock.instant(), () -> List.of(assessment)));
        }
    }

    /** Traces and assessments that were not written: the queue was full, the disk refused, or tracing was closed. */
    public long dropped() {
        return writer.dropped();
    }

    /** Calls whose trace was written without their texts, though these were wanted, since too many texts waited. */
    public long contentDropped() {
        return writer.textsDropped();
    }

    /**
     * Waits until what was told before is in the journal and on the disk and, if there is a server, delivered.
     *
     * @param timeout how long to wait for the disk, and again for the server
     * @return false when that took longer, the disk refused, or the thread was interrupted; work goes on
     */
    public boolean flush(Duration timeout) {
        try {
            if (!writer.await(timeout.toNanos())) {
                return false;
            }
            journal.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (JournalException refused) {
            return false;
        }
        return delivery.test(timeout);
    }

    /**
     * Writes what is queued, waits for the server as long as the close time-out says, and stops. What is not delivered by then
     * stays in the folder for the next uploader there.
     */
    @Override
    public void close() {
        writer.close(closeTimeout.toMillis());
        journal.close();
        uploader.ifPresent(active -> active.close(closeTimeout));
    }

    /**
     * Collects the settings of tracing. Confined to one thread. Methods throw IllegalArgumentException for what breaks their rules.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private static final int MAX_TEXT = 60_000;

        final Path folder;
        private final Predicate<Duration> delivery;
        String experiment = "production";
        int textCharacters;
        int queueSize = 8_192;
        private Sampling sampling = new Sampling(1);
        private boolean keepsFailures;
        private boolean comments;
        private InstantSource clock = InstantSource.system();
        private Duration closeTimeout = Duration.ofSeconds(5);
        private Optional<MlflowSettings> mlflow = Optional.empty();

        private Builder(Path folder, Predicate<Duration> delivery) {
            this.folder = folder;
            this.delivery = delivery;
        }

        /** Name of the experiment the traces are shown in, 1 to 256 characters; {@code production} unless set. */
        public Builder experiment(String name) {
            new TraceTarget("0".repeat(32), name, Optional.empty()); // which knows the rule
            experiment = name;
            return this;
        }

        /** The server to bring the traces to; without it they stay in the folder for an uploader. Not with a tracker that has one. */
        public Builder mlflow(MlflowSettings settings) {
            mlflow = Optional.of(settings);
            return this;
        }

        /** Which part of the calls is traced, in [0, 1]; decided by the call's id, so alike in every process. 1 unless set. */
        public Builder sampling(double rate) {
            sampling = new Sampling(rate);
            return this;
        }

        /** Traces calls that failed whatever the sampling says. */
        public Builder keepFailures() {
            keepsFailures = true;
            return this;
        }

        /**
         * Keeps what was asked and answered, which may be personal data; see {@link CallTracing#contentListener()}.
         *
         * @param characters most of a question, and of an answer, 1 to 60,000; of what is longer the last messages stay, each cut
         */
        public Builder content(int characters) {
            if (characters < 1 || characters > MAX_TEXT) {
                throw new IllegalArgumentException("characters must be in [1, " + MAX_TEXT + "], was " + characters
                        + "; leave content out instead of 0");
            }
            textCharacters = characters;
            return this;
        }

        /** Keeps the words of users' comments, which are personal data. */
        public Builder comments() {
            comments = true;
            return this;
        }

        /** Most calls, texts and assessments that may wait to be written, at least 1; 8192 unless set. */
        public Builder queueSize(int entries) {
            if (entries < 1) {
                throw new IllegalArgumentException("queueSize must be at least 1, was " + entries);
            }
            queueSize = entries;
            return this;
        }

        /** How long {@link CallTracing#close()} waits for the disk, and again for the server; 5 s unless set. */
        public Builder closeTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("closeTimeout must be at least 0, was " + timeout);
            }
            closeTimeout = timeout;
            return this;
        }

        /** The clock of assessments. */
        public Builder clock(InstantSource source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /** Starts tracing. */
        public CallTracing build() {
            return new CallTracing(this);
        }
    }
}
