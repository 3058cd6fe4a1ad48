package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.exception.InternalServerException;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RoutingPolicy;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Calls that no model, or not every model, may take. */
class RefusedCallTest {

    private final Records records = new Records();

    private ModelRouter two(Model first, Model second) {
        return router().model(LOCAL, first)
                .model(PAID, second)
                .listener(records)
                .build();
    }

    private ModelRouter one(Model model) {
        return router().model(LOCAL, model).listener(records).build();
    }

    private static void assertAllPermitsBack(ModelRouter router) {
        assertThat(router.callsRunning(LOCAL.id())).isZero();
        assertThat(router.callsRunning(PAID.id())).isZero();
    }

    @Test
    void withoutFallbackOnlyTheTargetIsTried() {
        Model second = answers("never");
        try (ModelRouter router = router().model(LOCAL, fails(new InternalServerException("boom")))
                .model(PAID, second)
                .policy(RoutingPolicy.builder("strict")
                        .otherwise(dev.melancia.routing.Target.tier("local"))
                        .withoutFallback()
                        .build())
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InternalServerException.class);
            assertThat(second.calls()).isZero();
        }
    }

    @Test
    void forcingAnUnknownModelListsTheCandidatesAndMakesARecord() {
        CallContext forced =
                CallContext.builder().forcedModel(ModelId.of("openai/gpt-9")).build();
        try (ModelRouter router = two(answers("a"), answers("b"))) {
            assertThatThrownBy(() -> router.chatModel(forced).chat("Oi"))
                    .isInstanceOf(NoCandidateException.class)
                    .hasMessage("no model can take this call: the caller forced openai/gpt-9, which is no candidate;"
                            + " candidates are [ollama/phi3:mini, openai/gpt-4o-mini]");
            assertThat(records.only().outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(records.only().attempts()).isEmpty();
        }
    }

    @Test
    void whenEveryModelIsPassedOverTheErrorSaysWhy() {
        Candidate plain =
                Candidate.builder("ollama/plain").capabilities(Set.of()).build();
        try (ModelRouter router =
                router().model(plain, answers("never")).listener(records).build()) {
            NoCandidateException none = catchThrowableOfType(
                    NoCandidateException.class,
                    () -> router.chatModel()
                            .chat(dev.langchain4j.model.chat.request.ChatRequest.builder()
                                    .messages(say("Oi").messages())
                                    .toolSpecifications(dev.langchain4j.agent.tool.ToolSpecification.builder()
                                            .name("t")
                                            .build())
                                    .build()));

            assertThat(none).hasMessageContaining("does not declare " + ModelCapability.TOOLS);
            assertThat(none.rejections()).hasSize(1);
        }
    }

    @Test
    void aContextCarrierThatThrowsEndsTheCallAndKeepsNoPermit() {
        RuntimeException broken = new IllegalStateException("carrier");
        try (ModelRouter router = router().model(LOCAL, answers("never"))
                .contextCarrier(task -> {
                    throw broken;
                })
                .listener(records)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(broken);
            assertThat(records.only().outcome()).isEqualTo(Outcome.FAILED);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void anExecutorThatRejectsIsTakenForNoPermit() {
        RejectedExecutionException full = new RejectedExecutionException("full");
        try (ModelRouter router = router().model(LOCAL, answers("never"))
                .model(PAID, answers("never"))
                .executor(task -> {
                    throw full;
                })
                .listener(records)
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi"))
                    .isInstanceOf(AllModelsFailedException.class)
                    .hasCause(full);
            assertThat(records.only().attempts()).extracting(Attempt::outcome).containsOnly(Outcome.NO_PERMIT);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void aClosedRouterRefusesNewCallsInEveryMode() {
        for (ModelRouter router : new ModelRouter[] {
            one(answers("never")),
            router().model(LOCAL, answers("never")).limits(CallLimits.none()).build(),
            router().model(LOCAL, answers("never")).executor(Runnable::run).build()
        }) {
            router.close();
            assertThatThrownBy(() -> router.chatModel().chat("Oi"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("router is closed");
        }
    }

    @Test
    void aRouterWithoutModelsIsRefused() {
        assertThatThrownBy(() -> router().build()).hasMessageContaining("at least one model");
        assertThatThrownBy(() -> router().policy(RoutingPolicy.inOrder("a/b")).build())
                .hasMessageContaining("at least one model");
    }
}
