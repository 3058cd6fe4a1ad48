package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executors and carriers of hosts that queue, drop or break. */
class HostExecutorTest {

    private static final Candidate HASTY =
            Candidate.builder(LOCAL.id()).firstTokenLimit(Duration.ofMillis(50)).build();

    private final Records records = new Records();
    private final Host host = new Host();

    @Test
    void aStreamWhoseTaskIsDroppedEndsAtItsLimitAndALateTaskCallsNoModel() throws Exception {
        List<Runnable> queue = new CopyOnWriteArrayList<>();
        Stream never = streams("never");
        try (ModelRouter router = router().model(HASTY, answers("unused"), never)
                .executor(queue::add)
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("error:ModelBusyException");
            assertThat(queue).hasSize(1);
            queue.get(0).run();

            assertThat(never.asked).isEmpty();
            assertThat(records.only().outcome()).isEqualTo(Outcome.NO_PERMIT);
            assertThat(router.callsRunning(LOCAL.id())).isZero();
        }
    }

    @Test
    void aDroppedTaskDoesNotKeepTheNextModelFromStarting() throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        try (ModelRouter router = router().model(HASTY, answers("unused"), streams("never"))
                .model(PAID, answers("unused"), streams("Oi!"))
                .executor(task -> {
                    if (tasks.getAndIncrement() > 0) {
                        task.run();
                    }
                })
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
            assertThat(records.only().answeredBy()).contains(PAID.id());
        }
    }

    @Test
    void anErrorOfTheExecutorIsRecordedAndThrownAndKeepsNoPermit() throws Exception {
        Error none = new OutOfMemoryError("unable to create native thread");
        try (ModelRouter router = router().model(LOCAL, answers("never"), streams("never"))
                .executor(task -> {
                    throw none;
                })
                .listener(records)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(none);
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().errors).containsExactly(none);
            assertThat(records.all).hasSize(2);
            assertThat(router.callsRunning(LOCAL.id())).isZero();
        }
    }

    @Test
    void aCarrierThatThrowsAfterItsTaskGivesThePermitBackOnce() throws Exception {
        try (ModelRouter router = router().model(LOCAL, answers("Oi!"), streams("Oi!"))
                .executor(Runnable::run)
                .contextCarrier(task -> () -> {
                    task.run();
                    throw new IllegalStateException("carrier");
                })
                .listener(records)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).hasMessage("carrier");
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
            assertThat(router.callsRunning(LOCAL.id())).isZero();
        }
    }

    @Test
    void aTaskThatIsTakenBackNeverRunsAndGivesItsPermitBackOnce() {
        Fakes.Model model = answers("never");
        RoutedModel routed = Fakes.routed(LOCAL, model);
        assertThat(routed.bulkhead.tryAcquire()).isTrue();
        AttemptTask task =
                new AttemptTask(routed, say("Oi"), ChatRequestOptions.builder().build(), Parking.platform());

        assertThat(task.withdraw()).isTrue();
        assertThat(task.withdraw()).isFalse();
        task.run();

        assertThat(model.calls()).isZero();
        assertThat(routed.bulkhead.taken()).isZero();
    }

    @Test
    void aListenerThatFailsAnAssertionOrThrowsACheckedExceptionBreaksNoCall() throws Exception {
        try (ModelRouter router = router().model(PAID, answers("Oi!"), streams("Oi!"))
                .listener(record -> {
                    throw new AssertionError("listener");
                })
                .listener(record -> HostExecutorTest.<RuntimeException>sneak(new IOException("listener")))
                .listener(records)
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
            assertThat(records.all).hasSize(2);
        }
    }

    @Test
    void aListenerThatEndsTheWorldDoesNotKeepTheHostWaiting() throws Exception {
        try (ModelRouter router = router().model(PAID, answers("unused"), streams("Oi!"))
                .executor(Runnable::run)
                .listener(record -> {
                    throw new StackOverflowError("listener");
                })
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
        }
    }

    @Test
    void aCheckedExceptionOfAModelIsHeard() throws Exception {
        try (ModelRouter router = Streams.two(
                        new Stream(out -> HostExecutorTest.<RuntimeException>sneak(new IOException("model"))),
                        streams("Oi!"))
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi!", "complete");
            assertThat(records.only().attempts())
                    .extracting(Attempt::errorType)
                    .first()
                    .asString()
                    .contains("IOException");
        }
    }

    @SuppressWarnings("unchecked") // the cast is a lie that the compiler believes: what Kotlin does without one
    private static <E extends Exception> void sneak(Exception checked) throws E {
        throw (E) checked;
    }
}
