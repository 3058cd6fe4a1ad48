package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Watchdog, completion, error and cancel meet on one stream: one of them ends it. */
class StreamRacesConcurrencyTest {

    private static final int STREAMS = 400;
    private static final Duration LIMIT = Duration.ofMillis(5);

    private final ExecutorService network = Executors.newFixedThreadPool(4);

    @Test
    void oneSignalEndsEveryStreamWhoeverWinsTheRace() throws Exception {
        long seed = new Random().nextLong();
        Records records = new Records();
        Random random = new Random(seed);
        try (ModelRouter router = Streams.two(racing(random), racing(random))
                .limits(CallLimits.defaults().withFirstToken(LIMIT).withIdle(LIMIT))
                .listener(records)
                .build()) {
            for (int i = 0; i < STREAMS; i++) {
                Host host = new Host();
                router.streamingChatModel().chat(say("Oi"), host);
                int call = i;
                await().pollInterval(Duration.ofMillis(1)).until(() -> records.all.size() > call);
                CallRecord record = records.all.get(call);
                String what = "seed " + seed + " call " + call + " " + record;
                if (record.outcome() == Outcome.CANCELLED) {
                    assertThat(host.terminals()).as(what).isZero();
                } else {
                    assertThat(host.untilTheEnd().terminals()).as(what).isOne();
                }
                assertThat(host.responses.isEmpty())
                        .as(what)
                        .isEqualTo(!record.outcome().isAnswer());
            }
            await().until(() -> router.callsRunning(LOCAL.id()) + router.callsRunning(PAID.id()) == 0);
            assertThat(records.all).hasSize(STREAMS);
        } finally {
            network.shutdown();
            assertThat(network.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Two threads of the network signal at about the time that the watchdog looks. */
    private Stream racing(Random random) {
        return new Stream(out -> {
            int plan;
            long[] after = new long[2];
            synchronized (random) {
                plan = random.nextInt(6);
                after[0] = random.nextInt(7_000_000);
                after[1] = random.nextInt(7_000_000);
            }
            network.execute(() -> later(after[0], () -> first(plan, out)));
            network.execute(() -> later(after[1], () -> second(plan, out)));
        });
    }

    private static void later(long nanos, Runnable signal) {
        LockSupport.parkNanos(nanos);
        signal.run();
    }

    private static void first(int plan, StreamingChatResponseHandler out) {
        switch (plan) {
            case 0, 1 -> out.onPartialResponse("a");
            case 2 -> out.onPartialResponse(new PartialResponse("a"), Streams.with(new Handle()));
            case 3 -> out.onError(new InternalServerException("boom"));
            default -> out.onCompleteResponse(answer("a"));
        }
    }

    private static void second(int plan, StreamingChatResponseHandler out) {
        switch (plan) {
            case 0, 4 -> out.onCompleteResponse(answer("a"));
            case 1, 5 -> out.onError(new InternalServerException("boom"));
            default -> {
                out.onError(new InternalServerException("boom"));
                out.onCompleteResponse(answer("a"));
            }
        }
    }

    @Test
    void aHostThatCancelsWhileTheStreamEndsHearsAtMostOneTerminal() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Records records = new Records();
        Stream stream = new Stream(out -> {
            out.onPartialResponse(new PartialResponse("a"), Streams.with(new Handle()));
            long after = random.nextInt(100_000);
            network.execute(() -> later(after, () -> out.onCompleteResponse(answer("a"))));
        });
        try (ModelRouter router = Streams.one(stream).listener(records).build()) {
            for (int i = 0; i < STREAMS; i++) {
                Host host = new Host();
                router.streamingChatModel().chat(say("Oi"), host);
                host.piece.await();
                LockSupport.parkNanos(i * 250L);
                host.handles.get(0).cancel();
                int call = i;
                await().pollInterval(Duration.ofMillis(1)).until(() -> records.all.size() > call);
                boolean answered = records.all.get(call).outcome() == Outcome.ANSWERED;
                if (answered) {
                    host.untilTheEnd();
                }
                assertThat(host.terminals()).as("seed %d call %d", seed, call).isEqualTo(answered ? 1 : 0);
            }
            await().until(() -> router.callsRunning(LOCAL.id()) == 0);
        } finally {
            network.shutdown();
            assertThat(network.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
