package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.InternalServerException;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.call.UserFeedback;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.routing.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CallListenerTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Records records = new Records();
    private final Records own = new Records();

    private static CallContext with(CallListener listener) {
        return CallContext.builder().tenant("acme").listener(listener).build();
    }

    private ModelRouterBuilder one(Model model) {
        return router().model(LOCAL, model, Streams.streams("Oi")).listener(records);
    }

    @Test
    void theCallsOwnListenerIsToldOnceAndAfterTheRouters() {
        try (ModelRouter router =
                one(answers("Oi!")).listener(record -> told.add("router")).build()) {
            router.chatModel(with(record -> told.add("call"))).chat("Oi");
            router.chatModel().chat("Oi");

            assertThat(told).containsExactly("router", "call", "router");
        }
    }

    @Test
    void itHearsTheSameRecordBeforeTheHostHasItsAnswer() {
        try (ModelRouter router = one(answers("Oi!")).build()) {
            List<CallRecord> before = new ArrayList<>();
            router.chatModel(with(before::add)).chat("Oi");

            assertThat(before).containsExactly(records.only());
        }
    }

    @Test
    void itHearsOfFailuresAndRefusalsToo() {
        try (ModelRouter router = one(fails(new InternalServerException("boom")))
                .tenantLimit(RateLimit.perMinute(1))
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel(with(own)).chat("Oi")))
                    .isInstanceOf(InternalServerException.class);
            assertThat(catchThrowable(() -> router.chatModel(with(own)).chat("Oi")))
                    .isInstanceOf(TenantLimitException.class);
            assertThat(own.all).extracting(CallRecord::outcome).containsExactly(Outcome.SERVER_ERROR, Outcome.REJECTED);
        }
    }

    @Test
    void itHearsOfStreamsBeforeTheirHostDoes() throws Exception {
        Host host = new Host() {
            @Override
            void hear(String what) {
                told.add(what + " " + own.all.size());
                super.hear(what);
            }
        };
        try (ModelRouter router = one(answers("unused")).build()) {
            router.streamingChatModel(with(own)).chat(say("Oi"), host);
            host.untilTheEnd();

            assertThat(told).containsExactly("plain:Oi 0", "complete 1");
            assertThat(own.only()).isSameAs(records.only());
        }
    }

    @Test
    void itsMistakesAreNotTheCalls() throws Exception {
        CallListener broken = record -> {
            throw new IllegalStateException("listener");
        };
        try (ModelRouter router = one(answers("Oi!")).build()) {
            assertThat(router.chatModel(with(broken)).chat("Oi")).isEqualTo("Oi!");
            Host host = new Host();
            router.streamingChatModel(with(broken)).chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
            assertThat(records.all).hasSize(2);
        }
    }

    @Test
    void feedbackReachesEveryListenerThoughOneThrows() {
        List<UserFeedback> heard = new ArrayList<>();
        CallListener broken = new Hearing(heard) {
            @Override
            public void onFeedback(UserFeedback feedback) {
                super.onFeedback(feedback);
                throw new IllegalStateException("listener");
            }
        };
        try (ModelRouter router = one(answers("Oi!"))
                .listener(broken)
                .listener(new Hearing(heard))
                .build()) {
            router.chatModel().chat("Oi");
            UserFeedback feedback = UserFeedback.builder(records.only().id(), HandClock.START)
                    .thumbsUp(true)
                    .build();
            router.feedback(feedback);

            assertThat(heard).containsExactly(feedback, feedback);
            assertThat(records.all).as("no call").hasSize(1);
            assertThat(catchThrowable(() -> router.feedback(null)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("feedback");
        }
    }

    private static class Hearing implements CallListener {

        private final List<UserFeedback> heard;

        Hearing(List<UserFeedback> heard) {
            this.heard = heard;
        }

        @Override
        public void onCall(CallRecord record) {}

        @Override
        public void onFeedback(UserFeedback feedback) {
            heard.add(feedback);
        }
    }
}
