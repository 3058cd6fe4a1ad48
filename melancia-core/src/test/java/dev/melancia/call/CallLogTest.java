package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.MelanciaException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long PATIENT_MILLIS = SOON.toMillis();
    private static final int CALLERS = 4;
    private static final int RECORDS = 500;

    @TempDir
    Path folder;

    @Test
    void writesEveryRecordOfManyCallersAsALine() throws Exception {
        Path file = folder.resolve("new/calls.jsonl");
        CallLog log = CallLog.open(file);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(new Thread(() -> tell(log, RECORDS)));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        log.close();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(CALLERS * RECORDS).containsOnly(CallRecordJson.line(SampleRecords.full()));
        assertThat(log.lost()).isZero();
        assertThat(log.file()).isEqualTo(file);
    }

    @Test
    void writesFeedbackWithoutTheUsersWords() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        UserFeedback feedback = SampleRecords.feedback(SampleRecords.full());
        try (CallLog log = CallLog.open(file)) {
            tell(log, 1);
            log.onFeedback(feedback);
        }

        assertThat(Files.readAllLines(file))
                .containsExactly(CallRecordJson.line(SampleRecords.full()), CallRecordJson.line(feedback));
        assertThat(Files.readString(file)).doesNotContain(SampleRecords.COMMENT).contains("\"commented\":true");
    }

    @Test
    void writesTheUsersWordsOnlyWhereContentIsCaptured() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        try (CallLog log = CallLog.openWithContent(file)) {
            log.onFeedback(SampleRecords.feedback(SampleRecords.full()));
        }

        assertThat(Files.readString(file)).contains("\"comment\":\"" + SampleRecords.COMMENT);
    }

    @Test
    void countsFeedbackThatIsLost() throws IOException {
        CallLog log = CallLog.open(folder.resolve("calls.jsonl"));
        log.close();
        log.onFeedback(SampleRecords.feedback(SampleRecords.full()));

        assertThat(log.lost()).isEqualTo(1);
    }

    @Test
    void addsToTheFileWhenOpenedAgain() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        write(file, 2);
        write(file, 1);

        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void startsANewLineAfterOneThatWasTornByAKill() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        Files.writeString(file, "{\"v\":1,\"id\":\"to");
        write(file, 1);

        assertThat(Files.readAllLines(file))
                .containsExactly("{\"v\":1,\"id\":\"to", CallRecordJson.line(SampleRecords.full()));
    }

    @Test
    void makesAFileAnewThatWasMovedAway() throws IOException {
        Path file = folder.resolve("logs/calls.jsonl");
        try (CallLog log = CallLog.open(file)) {
            tell(log, 1);
            await().atMost(SOON).until(() -> Files.size(file) > 0);
            Files.move(folder.resolve("logs"), folder.resolve("rotated"));
            tell(log, 1);
            await().atMost(SOON).until(() -> Files.exists(file) && Files.size(file) > 0);

            assertThat(log.lost()).isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("rotated/calls.jsonl"))).hasSize(1);
    }

    @Test
    void goesOnInTheFileThatLogRotationPutAtItsPath() throws IOException {
        assumeTrue(
                Files.readAttributes(folder, BasicFileAttributes.class).fileKey() != null,
                "this file system does not tell two files apart");
        Path file = folder.resolve("calls.jsonl");
        try (CallLog log = CallLog.open(file)) {
            tell(log, 1);
            await().atMost(SOON).until(() -> Files.size(file) > 0);
            Files.move(file, folder.resolve("calls.jsonl.1"));
            Files.createFile(file);
            tell(log, 2);
            await().atMost(SOON).until(() -> Files.size(file) > 0);

            assertThat(log.lost()).isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("calls.jsonl.1"))).hasSize(1);
    }

    @Test
    void holdsOnToNoClassLoaderOfTheOneWhoOpenedIt() throws Exception {
        SlowSink sink = new SlowSink();
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        try (URLClassLoader ofAnApplication = new URLClassLoader(new URL[0])) {
            here.setContextClassLoader(ofAnApplication);
            CallLog log = new CallLog(folder, sink, new CallLog.Settings(2, PATIENT_MILLIS, false)).started();
            tell(log, 1);
            sink.open.countDown();
            log.close();
        } finally {
            here.setContextClassLoader(before);
        }

        assertThat(sink.loader).isSameAs(CallLog.class.getClassLoader());
    }

    @Test
    void countsWhatIsLostWhileItsFolderCannotBeWritten() throws IOException {
        Path file = folder.resolve("logs/calls.jsonl");
        try (CallLog log = CallLog.open(file)) {
            Files.delete(file);
            Files.delete(folder.resolve("logs"));
            Files.writeString(folder.resolve("logs"), "a file where the folder was");
            tell(log, 3);
            await().atMost(SOON).until(() -> log.lost() == 3);

            Files.delete(folder.resolve("logs"));
            tell(log, 1);
            await().atMost(SOON).until(() -> Files.exists(file) && Files.size(file) > 0);
            assertThat(log.lost()).isEqualTo(3);
        }
    }

    @Test
    void countsWhatAFullDiskRefuses() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "this system has no /dev/full");
        CallLog log = CallLog.open(full);
        tell(log, 5);
        log.close();

        assertThat(log.lost()).isEqualTo(5);
    }

    @Test
    void countsWhatDoesNotFitItsQueue() throws Exception {
        SlowSink sink = new SlowSink();
        CallLog log = new CallLog(folder, sink, new CallLog.Settings(2, PATIENT_MILLIS, false)).started();
        tell(log, 1);
        sink.reached.await();
        tell(log, 5);

        assertThat(log.lost()).isEqualTo(3);
        sink.open.countDown();
        log.close();
        assertThat(log.lost()).isEqualTo(3);
        assertThat(sink.lines).isEqualTo(3);
    }

    @Test
    void countsWhatComesAfterItWasClosed() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        CallLog log = CallLog.open(file);
        log.close();
        tell(log, 2);
        log.close();

        assertThat(log.lost()).isEqualTo(2);
        assertThat(Files.readAllLines(file)).isEmpty();
    }

    @Test
    void closesWithinItsLimitThoughTheDiskHangs() throws Exception {
        SlowSink sink = new SlowSink();
        CallLog log = new CallLog(folder, sink, new CallLog.Settings(8, 50, false)).started();
        tell(log, 1);
        sink.reached.await();
        tell(log, 4);

        assertTimeoutPreemptively(SOON, log::close);
        await().atMost(SOON).until(() -> log.lost() == 5);
    }

    @Test
    void writesARecordWithBrokenUnicodeAndThoseAfterIt() throws IOException {
        Path file = folder.resolve("calls.jsonl");
        try (CallLog log = CallLog.open(file)) {
            log.onCall(
                    SampleRecords.of(CallContext.builder().tag("half", "\uD83C").build()));
            tell(log, 1);
        }

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.get(0)).properties())
                .contains(entry("v", new ObjectMapper().readTree("1")));
        assertThat(lines.get(1)).isEqualTo(CallRecordJson.line(SampleRecords.full()));
    }

    @Test
    void saysWhichFileCannotBeOpenedAndWhatToDo() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");

        assertThatThrownBy(() -> CallLog.open(folder))
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("choose a folder");
        assertThatThrownBy(() -> CallLog.open(occupied.resolve("calls.jsonl")))
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining("calls.jsonl");
    }

    private static void write(Path file, int records) {
        try (CallLog log = CallLog.open(file)) {
            tell(log, records);
        }
    }

    private static void tell(CallLog log, int records) {
        for (int i = 0; i < records; i++) {
            log.onCall(SampleRecords.full());
        }
    }

    /** Hangs in its first append until it is opened, or closed. */
    private static final class SlowSink implements LineSink {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        volatile boolean closed;
        volatile long lines;
        volatile @Nullable ClassLoader loader;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread appends
        public void append(String text) throws IOException {
            loader = Thread.currentThread().getContextClassLoader();
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (closed) {
                throw new IOException("closed");
            }
            lines += text.lines().count();
        }

        @Override
        public void close() {
            closed = open.getCount() > 0;
            open.countDown();
        }
    }
}
