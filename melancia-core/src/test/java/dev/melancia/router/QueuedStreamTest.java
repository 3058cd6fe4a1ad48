package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueuedStreamTest {

    private static final Duration FIRST_TOKEN = Duration.ofSeconds(10);
    private static final Candidate NARROW = Candidate.builder(LOCAL.id())
            .maxConcurrentCalls(1)
            .maxQueuedCalls(2)
            .firstTokenLimit(FIRST_TOKEN)
            .build();

    private final Records records = new Records();
    private final HandClock clock = new HandClock();
    private final Stream stream = Stream.silent();
    private final Host first = new Host();
    private final Host second = new Host();
    private final Host third = new Host();
    private final ModelRouter router = clock.in(router().model(NARROW, answers("unused"), stream))
            .listener(records)
            .build();

    private void start(Host host) {
        router.streamingChatModel().chat(say("Oi"), host);
    }

    private void reply(int asked, String text) {
        await().until(() -> stream.asked.size() == asked + 1);
        stream.asked.get(asked).onPartialResponse(text);
        stream.asked.get(asked).onCompleteResponse(answer(text));
    }

    @AfterEach
    void everyPermitIsBack() {
        await().until(() -> router.callsRunning(LOCAL.id()) == 0);
        router.close();
    }

    @Test
    void aStreamIsBegunWhenTheOneBeforeItEnds() throws Exception {
        start(first);
        stream.out();
        start(second);
        start(third);
        await().until(() -> router.health().reason(NARROW.id()).isPresent());
        assertThat(stream.asked).hasSize(1);
        for (int i = 0; i < 3; i++) {
            reply(i, String.valueOf(i));
        }

        assertThat(first.untilTheEnd().heard).containsExactly("plain:0", "complete");
        assertThat(second.untilTheEnd().terminals()).isOne();
        assertThat(third.untilTheEnd().terminals()).isOne();
        assertThat(records.all).extracting(r -> r.outcome()).containsOnly(Outcome.ANSWERED);
    }

    @Test
    void waitingCountsWithinTheLimitOfTheFirstPieceAndLeavesNoPlaceBehind() throws Exception {
        start(first);
        stream.out().onPartialResponse("O");
        start(second);
        start(third);
        await().until(() -> router.health().reason(NARROW.id()).isPresent());
        clock.pass(FIRST_TOKEN);

        assertThat(second.untilTheEnd().errors.get(0))
                .hasMessage(
                        "ollama/phi3:mini was not asked: no permit and thread came within PT10S; raise its maxConcurrentCalls, give"
                                + " the executor more threads or add another model");
        third.untilTheEnd();
        assertThat(records.all).extracting(r -> r.outcome()).containsOnly(Outcome.NO_PERMIT);
        assertThat(records.all).extracting(r -> r.cost()).containsOnly(Cost.zero());
        assertThat(router.health().reason(NARROW.id())).isEmpty();
        stream.out().onCompleteResponse(answer("O"));
        assertThat(first.untilTheEnd().heard).containsExactly("plain:O", "complete");
        assertThat(stream.asked).as("nobody else was begun").hasSize(1);
        Host later = new Host();
        start(later);
        reply(1, "Oi");
        assertThat(later.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
    }
}
