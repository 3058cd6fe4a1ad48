package dev.melancia.router;

import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import org.junit.jupiter.api.Test;

class PromptCutTest {

    private static final int WINDOW = 2_048;
    private static final Candidate SMALL =
            Candidate.builder("ollama/small").contextWindow(WINDOW).build();
    private static final Candidate AS_SMALL =
            Candidate.builder("ollama/as-small").contextWindow(WINDOW).build();
    private static final Candidate LARGE =
            Candidate.builder("ollama/large").contextWindow(8_192).build();

    private final Records records = new Records();
    private final ChatResponse cutAnswer = answer("cut", new TokenUsage(WINDOW, 7));
    private final Model cut = new Model(request -> cutAnswer);
    private final Host host = new Host();

    private ModelRouterBuilder three(ChatModel first, ChatModel second, ChatModel third) {
        return router().model(SMALL, first)
                .model(AS_SMALL, second)
                .model(LARGE, third)
                .listener(records);
    }

    private void assertOutcomes(Outcome... outcomes) {
        assertThat(records.only().attempts()).extracting(Attempt::outcome).containsExactly(outcomes);
    }

    @Test
    void aPromptThatWasCutGoesToALargerWindow() {
        Model never = answers("never");
        try (ModelRouter router = three(cut, never, answers("whole")).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("whole");

            assertOutcomes(Outcome.PROMPT_CUT, Outcome.ANSWERED);
            assertThat(records.only().attempts().get(0).errorType()).contains("PromptCutException");
            assertThat(records.only().attempts().get(0).inputTokens()).hasValue(WINDOW);
            assertThat(never.calls()).isZero();
        }
    }

    @Test
    void aPromptThatDidNotFitGoesToALargerWindow() {
        Model never = answers("never");
        Model full = fails(new InvalidRequestException("exceed_context_size_error"));
        try (ModelRouter router = three(full, never, answers("whole")).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("whole");
            assertOutcomes(Outcome.CONTEXT_TOO_LONG, Outcome.ANSWERED);
            assertThat(never.calls()).isZero();
        }
    }

    @Test
    void aWindowThatNobodyKnowsMayBeLargeEnough() {
        try (ModelRouter router = router().model(SMALL, cut)
                .model(Candidate.of("openai/unknown"), answers("whole"))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("whole");
        }
    }

    @Test
    void aPromptThatFillsNoWindowWasNotCut() {
        Model almost = new Model(request -> answer("whole", new TokenUsage(WINDOW - 1, 7)));
        try (ModelRouter router =
                three(almost, answers("never"), answers("never")).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("whole");
            assertOutcomes(Outcome.ANSWERED);
        }
    }

    @Test
    void theAnswerIsDeliveredWhereNoWindowIsLarger() {
        try (ModelRouter router = router().model(SMALL, cut)
                .model(AS_SMALL, answers("never"))
                .listener(records)
                .build()) {
            assertThat(router.chatModel().chat(say("Oi"))).isSameAs(cutAnswer);
            assertThat(records.only().outcome()).isEqualTo(Outcome.PROMPT_CUT);
            assertThat(records.only().answeredBy()).contains(SMALL.id());
        }
    }

    @Test
    void theAnswerIsDeliveredWhereTheLargerWindowFails() {
        try (ModelRouter router = three(cut, answers("never"), fails(new InternalServerException("boom")))
                .build()) {
            assertThat(router.chatModel().chat(say("Oi"))).isSameAs(cutAnswer);
            assertOutcomes(Outcome.PROMPT_CUT, Outcome.SERVER_ERROR);
            assertThat(records.only().outcome()).isEqualTo(Outcome.PROMPT_CUT);
            assertThat(records.only().answeredBy()).contains(SMALL.id());
        }
    }

    @Test
    void anAnswerToAPromptThatWasCutIsNotKept() {
        try (ModelRouter router = router().model(SMALL, cut)
                .cache(ResponseCache.caffeine())
                .listener(records)
                .build()) {
            router.chatModel().chat("Oi");
            router.chatModel().chat("Oi");

            assertThat(cut.calls()).isEqualTo(2);
            assertThat(records.all).noneMatch(record -> record.isCacheHit());
        }
    }

    private ModelRouter streaming(Stream first, Stream last) {
        return router().model(SMALL, cut, first)
                .model(LARGE, cut, last)
                .cache(ResponseCache.caffeine())
                .listener(records)
                .build();
    }

    private final Stream silentCut = new Stream(out -> out.onCompleteResponse(cutAnswer));

    @Test
    void aStreamWhoseHostHeardItIsDeliveredAndNotKept() throws Exception {
        Stream heard = new Stream(out -> {
            out.onPartialResponse("cut");
            out.onCompleteResponse(cutAnswer);
        });
        try (ModelRouter router = streaming(heard, Streams.streams("never"))) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("plain:cut", "complete");
            assertThat(records.only().outcome()).isEqualTo(Outcome.PROMPT_CUT);
            assertThat(records.only().answeredBy()).contains(SMALL.id());
            Host again = new Host();
            router.streamingChatModel().chat(say("Oi"), again);
            again.untilTheEnd();
            assertThat(heard.asked).hasSize(2);
        }
    }

    @Test
    void aStreamWhoseHostHeardNothingGoesToALargerWindow() throws Exception {
        try (ModelRouter router = streaming(silentCut, Streams.streams("whole"))) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("plain:whole", "complete");
            assertOutcomes(Outcome.PROMPT_CUT, Outcome.ANSWERED);
        }
    }

    @Test
    void aStreamWhoseHostHeardNothingIsDeliveredWhereTheLargerWindowFails() throws Exception {
        Stream failing = new Stream(out -> out.onError(new InternalServerException("boom")));
        try (ModelRouter router = streaming(silentCut, failing)) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().responses).containsExactly(cutAnswer);
            assertThat(host.terminals()).isOne();
            assertThat(records.only().outcome()).isEqualTo(Outcome.PROMPT_CUT);
            assertThat(records.only().answeredBy()).contains(SMALL.id());
        }
    }

    @Test
    void piecesOfOneAnswerAreNotFollowedByAnother() throws Exception {
        Stream breaking = new Stream(out -> {
            out.onPartialResponse("who");
            out.onError(new InternalServerException("boom"));
        });
        try (ModelRouter router = streaming(silentCut, breaking)) {
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("plain:who", "error:AllModelsFailedException");
            assertThat(records.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
        }
    }

    @Test
    void anErrorOfALaterModelIsNotHiddenByTheAnswer() throws Exception {
        AssertionError fatal = new AssertionError("model");
        Model broken = new Model(request -> {
            throw fatal;
        });
        Stream brokenStream = new Stream(out -> {
            throw fatal;
        });
        Stream cutStream = new Stream(out -> out.onCompleteResponse(cutAnswer));
        try (ModelRouter router = router().model(SMALL, cut, cutStream)
                .model(LARGE, broken, brokenStream)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(fatal);
            router.streamingChatModel().chat(say("Oi"), host);
            assertThat(host.untilTheEnd().errors).containsExactly(fatal);
        }
    }
}
