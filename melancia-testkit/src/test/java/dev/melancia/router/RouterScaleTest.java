package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.Gate;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import dev.melancia.testkit.StreamRecorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Thousands of calls at once through the public API: each ends once, and nothing stays taken. */
class RouterScaleTest {

    private static final ModelId LOCAL = ModelId.of("ollama/phi3:mini");
    private static final ModelId PAID = ModelId.of("openai/gpt-4o-mini");
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(40);
    private static final int THREADS_OF_A_ROUTER = 1_024 + 1; // workers and the timer

    private final LibraryThreads threads = new LibraryThreads();
    private final Queue<CallRecord> records = new ConcurrentLinkedQueue<>();

    private ModelRouterBuilder router() {
        return ModelRouter.builder().listener(records::add).breaker(BreakerSettings.none());
    }

    /** Given up on soon; whoever stands in for it has all the time that a busy machine may need. */
    private static Candidate impatient(int calls) {
        return Candidate.builder(LOCAL)
                .maxConcurrentCalls(calls)
                .attemptLimit(Duration.ofMillis(100))
                .build();
    }

    private static Candidate candidate(ModelId id, int calls) {
        return Candidate.builder(id).maxConcurrentCalls(calls).build();
    }

    private void assertNothingLeft(ModelRouter router) {
        await().atMost(GENEROUS).until(() -> router.callsRunning(LOCAL) + router.callsRunning(PAID) == 0);
        threads.awaitIdle();
        assertThat(threads.alive()).hasSizeLessThanOrEqualTo(THREADS_OF_A_ROUTER);
        router.close();
        threads.awaitGone();
    }

    @Test
    void tenThousandStreamsOpenAtOnceEndOnceEach() throws Exception {
        int streams = 10_000;
        Queue<Runnable> open = new ConcurrentLinkedQueue<>();
        ScriptedStreamingChatModel model =
                ScriptedStreamingChatModel.answering("Olá, ", "mundo").on(open::add);
        List<StreamRecorder> hosts = new ArrayList<>();
        try (ModelRouter router = router().model(candidate(LOCAL, streams), ScriptedChatModel.answering("-"), model)
                .build()) {
            openStreams(router, streams, hosts);
            await().atMost(GENEROUS).until(() -> open.size() == streams);
            assertThat(router.callsRunning(LOCAL)).isEqualTo(streams);
            assertThat(records).isEmpty();

            Crowd.onPlatformThreads(8, () -> drain(open)).join();

            await().atMost(GENEROUS).until(() -> records.size() == streams);
            assertNothingLeft(router);
        }
        assertThat(records).extracting(CallRecord::outcome).hasSize(streams).containsOnly(Outcome.ANSWERED);
        assertThat(hosts).allSatisfy(host -> {
            assertThat(host.terminals()).hasSize(1);
            assertThat(host.response().orElseThrow().aiMessage().text()).isEqualTo("Olá, mundo");
            assertThat(host.pieces()).containsExactly("Olá, ", "mundo");
        });
    }

    @Test
    void aThousandPlatformThreadsAtOnceAllGetTheirAnswer() throws Exception {
        int callers = 1_000;
        Gate gate = Gate.closed();
        ChatModel model = ScriptedChatModel.answering(RouterScaleTest::echo).heldBy(gate);
        try (ModelRouter router =
                router().model(candidate(LOCAL, callers), model).build()) {
            Crowd crowd = Crowd.onPlatformThreads(callers, numbered(router.chatModel()));
            gate.awaitHeld(callers, GENEROUS);
            assertThat(router.callsRunning(LOCAL)).isEqualTo(callers);

            gate.open();

            assertEachGotItsOwn(crowd.join(), callers);
            assertNothingLeft(router);
        } finally {
            gate.open();
        }
    }

    @Test
    void tenThousandVirtualThreadsAtOnceAllGetTheirAnswer() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        int callers = 10_000;
        Gate gate = Gate.closed();
        ChatModel model = ScriptedChatModel.answering(RouterScaleTest::echo).heldBy(gate);
        try (ModelRouter router =
                router().model(candidate(LOCAL, callers), model).build()) {
            Crowd crowd = Crowd.onVirtualThreads(callers, numbered(router.chatModel()));
            gate.awaitHeld(callers, GENEROUS);
            assertThat(router.callsRunning(LOCAL)).isEqualTo(callers);
            assertThat(threads.alive())
                    .as("platform threads for virtual callers")
                    .hasSizeLessThanOrEqualTo(1);

            gate.open();

            assertEachGotItsOwn(crowd.join(), callers);
            assertNothingLeft(router);
        } finally {
            gate.open();
        }
    }

    @Test
    void tenThousandStreamsThatFallSilentAreEndedOnceEach() throws Exception {
        int streams = 10_000;
        List<StreamRecorder> hosts = new ArrayList<>();
        try (ModelRouter router = router().model(
                        candidate(LOCAL, streams),
                        ScriptedChatModel.answering("-"),
                        ScriptedStreamingChatModel.stalling("Olá"))
                .limits(CallLimits.defaults().withIdle(Duration.ofMillis(300)))
                .build()) {
            openStreams(router, streams, hosts);

            await().atMost(GENEROUS).until(() -> records.size() == streams);
            assertNothingLeft(router);
        }
        assertThat(records).extracting(CallRecord::outcome).containsOnly(Outcome.TIMEOUT);
        assertThat(hosts).allSatisfy(host -> {
            assertThat(host.terminals()).hasSize(1);
            assertThat(host.error()).containsInstanceOf(TimeoutException.class);
        });
    }

    @Test
    void tenThousandStreamsThatBreakBeforeTheirFirstPieceAllComeFromTheNextModel() throws Exception {
        int streams = 10_000;
        List<StreamRecorder> hosts = new ArrayList<>();
        try (ModelRouter router = router().model(
                        candidate(LOCAL, streams),
                        ScriptedChatModel.answering("-"),
                        ScriptedStreamingChatModel.failing(new InternalServerException("broken")))
                .model(
                        candidate(PAID, streams),
                        ScriptedChatModel.answering("-"),
                        ScriptedStreamingChatModel.answering("paid"))
                .build()) {
            openStreams(router, streams, hosts);

            await().atMost(GENEROUS).until(() -> records.size() == streams);
            assertNothingLeft(router);
        }
        assertThat(records).allMatch(CallRecord::fellBack);
        assertThat(hosts).allSatisfy(host -> {
            assertThat(host.terminals()).hasSize(1);
            assertThat(host.pieces()).containsExactly("paid");
        });
    }

    @Test
    void streamsThatAreOpenWhenTheRouterClosesEndAsTheirModelsDo() throws Exception {
        int streams = 10_000;
        Queue<Runnable> open = new ConcurrentLinkedQueue<>();
        List<StreamRecorder> hosts = new ArrayList<>();
        ModelRouter router = router().model(
                        candidate(LOCAL, streams),
                        ScriptedChatModel.answering("-"),
                        ScriptedStreamingChatModel.answering("Olá").on(open::add))
                .build();
        openStreams(router, streams, hosts);
        await().atMost(GENEROUS).until(() -> open.size() == streams);

        router.close();
        Crowd.onPlatformThreads(8, () -> drain(open)).join();

        await().atMost(GENEROUS).until(() -> records.size() == streams);
        assertNothingLeft(router);
        assertThat(records).extracting(CallRecord::outcome).containsOnly(Outcome.ANSWERED);
        assertThat(hosts).allSatisfy(host -> assertThat(host.terminals()).hasSize(1));
    }

    @Test
    void aThousandCallersGetTheFallbacksAnswerWhileADeafModelHoldsExactlyTheThreadsItMay() throws Exception {
        fallBackFromADeafModel(Candidate.DEFAULT_MAX_CONCURRENT_CALLS, Crowd::onPlatformThreads);
    }

    @Test
    void aThousandVirtualCallersGetTheFallbacksAnswerThoughADeafModelHoldsAThousandThreads() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        fallBackFromADeafModel(1_000, Crowd::onVirtualThreads);
    }

    private void fallBackFromADeafModel(int permits, Crowd.Gathering gathering) throws Exception {
        int callers = 1_000;
        Gate deaf = Gate.ignoringInterrupts();
        LateClock clock = new LateClock();
        try (ModelRouter router = timedBy(clock)
                .model(impatient(permits), ScriptedChatModel.answering("late").heldBy(deaf))
                .model(candidate(PAID, callers), ScriptedChatModel.answering(RouterScaleTest::echo))
                .build()) {
            Crowd crowd = gathering.gather(callers, numbered(router.chatModel()));
            deaf.awaitHeld(permits, GENEROUS);
            clock.start();

            assertEachGotItsOwn(crowd.join(), callers);
            assertThat(records).allMatch(CallRecord::fellBack).allMatch(RouterScaleTest::isInTime);
            await().atMost(GENEROUS).until(() -> router.callsRunning(PAID) == 0);
            assertHolds(router, deaf, permits);
            deaf.open();
            assertNothingLeft(router);
        } finally {
            deaf.open();
        }
    }

    @Test
    void aThousandDeafCallsAtOnceGiveTheirCallersATimeoutEach() throws Exception {
        int callers = 1_000;
        Gate deaf = Gate.ignoringInterrupts();
        LateClock clock = new LateClock();
        try (ModelRouter router = timedBy(clock)
                .model(impatient(callers), ScriptedChatModel.answering("late").heldBy(deaf))
                .build()) {
            Crowd crowd = Crowd.onPlatformThreads(callers, numbered(router.chatModel()));
            deaf.awaitHeld(callers, GENEROUS);
            clock.start();

            assertThat(crowd.join().errors()).hasSize(callers).hasOnlyElementsOfType(TimeoutException.class);
            assertThat(records).hasSize(callers).allMatch(record -> record.outcome() == Outcome.TIMEOUT);
            assertThat(records).allMatch(RouterScaleTest::isInTime);
            assertHolds(router, deaf, callers);
            deaf.open();
            assertNothingLeft(router);
        } finally {
            deaf.open();
        }
    }

    private ModelRouterBuilder timedBy(LateClock clock) {
        return router().limits(CallLimits.defaults().withCall(CALL_LIMIT)).time(InstantSource.system(), clock);
    }

    private static boolean isInTime(CallRecord record) {
        return record.durationNanos() < CALL_LIMIT.toNanos();
    }

    private static void assertHolds(ModelRouter router, Gate deaf, int calls) {
        assertThat(deaf.held()).isEqualTo(calls);
        assertThat(router.callsRunning(LOCAL)).isEqualTo(calls);
    }

    /** A ticker that stands still until started, so that no attempt is over before its model has it. */
    private static final class LateClock implements LongSupplier {

        private final AtomicLong startNanos = new AtomicLong();

        void start() {
            startNanos.set(System.nanoTime());
        }

        @Override
        public long getAsLong() {
            long start = startNanos.get();
            return start == 0 ? 0 : System.nanoTime() - start;
        }
    }

    private static void openStreams(ModelRouter router, int streams, List<StreamRecorder> hosts) {
        for (int i = 0; i < streams; i++) {
            StreamRecorder host = new StreamRecorder();
            hosts.add(host);
            router.streamingChatModel().chat(ask("Oi"), host);
        }
    }

    private static String drain(Queue<Runnable> open) {
        int taken = 0;
        for (Runnable stream = open.poll(); stream != null; stream = open.poll()) {
            stream.run();
            taken++;
        }
        return String.valueOf(taken);
    }

    private void assertEachGotItsOwn(Crowd crowd, int callers) {
        assertThat(crowd.errors()).isEmpty();
        assertThat(crowd.answers()).hasSize(callers).containsOnly("own");
        assertThat(records).hasSize(callers).allMatch(record -> record.outcome() == Outcome.ANSWERED);
    }

    /** Asks what nobody else asks, and looks whether the answer is to that. */
    private static Crowd.Call numbered(ChatModel model) {
        return () -> {
            String question = "Oi de " + System.identityHashCode(Thread.currentThread()) + " "
                    + Thread.currentThread().getName();
            return model.chat(question).equals("re: " + question) ? "own" : "another's";
        };
    }

    private static String echo(ChatRequest request) {
        return "re: " + ((UserMessage) request.messages().get(0)).singleText();
    }

    private static ChatRequest ask(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }
}
