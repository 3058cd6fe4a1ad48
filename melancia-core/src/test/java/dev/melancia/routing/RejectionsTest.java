package dev.melancia.routing;

import static dev.melancia.routing.Asks.LOCAL;
import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.PAID;
import static dev.melancia.routing.Asks.decide;
import static dev.melancia.routing.Asks.flags;
import static dev.melancia.routing.Asks.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelCapability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RejectionsTest {

    private static final Candidate PLAIN = Candidate.builder("ollama/plain")
            .tier("local")
            .capabilities(Set.of())
            .build();

    private final RoutingTable table =
            RoutingPolicy.inOrder("ollama/plain", "openai/gpt-4o-mini").bind(List.of(PLAIN, PAID), flags());

    private static final ChatRequest TOOLS = ChatRequest.builder()
            .messages(UserMessage.from("Oi"))
            .toolSpecifications(ToolSpecification.builder().name("weather").build())
            .build();
    private static final ChatRequest SCHEMA = ChatRequest.builder()
            .messages(UserMessage.from("Oi"))
            .responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("answer")
                            .rootElement(JsonObjectSchema.builder().build())
                            .build())
                    .build())
            .build();
    private static final ChatRequest IMAGE = ChatRequest.builder()
            .messages(UserMessage.from(TextContent.from("Oi"), ImageContent.from("http://example.org/a.png")))
            .build();

    @Test
    void aModelThatCannotDoWhatIsAskedIsPassedOverWithTheReason() {
        assertRejected(table, TOOLS, "TOOLS");
        assertRejected(table, SCHEMA, "JSON_SCHEMA");
        assertRejected(table, IMAGE, "IMAGES");
        assertRejected(table.forStreaming(), say("Oi"), "STREAMING");
        assertRejected(table.forStreaming(), TOOLS, "STREAMING, TOOLS");
    }

    private static void assertRejected(RoutingTable table, ChatRequest request, String capabilities) {
        RoutingDecision decision = decide(table, request, NOBODY);

        assertThat(decision.candidates()).containsExactly(PAID);
        assertThat(decision.rejections())
                .containsExactly(new Rejection(PLAIN.id(), "does not declare " + capabilities));
        assertThat(decision.assigned()).contains(PLAIN.id());
        assertThat(decision)
                .hasToString(decision.reason() + "; rejected [ollama/plain: does not declare " + capabilities + "]");
    }

    @Test
    void aPlainRequestIsTakenByAPlainModel() {
        assertThat(decide(table, say("Oi"), NOBODY).candidates()).containsExactly(PLAIN, PAID);
        assertThat(decide(table, say("Oi"), NOBODY).rejections()).isEmpty();
    }

    @Test
    void plainJsonModeNeedsNoSchema() {
        ChatRequest json = ChatRequest.builder()
                .messages(UserMessage.from("Oi"))
                .responseFormat(ResponseFormat.JSON)
                .build();

        assertThat(decide(table, json, NOBODY).candidates()).containsExactly(PLAIN, PAID);
    }

    @Test
    void aForcedModelThatCannotIsNotReplaced() {
        CallContext forced = CallContext.builder().forcedModel(PLAIN.id()).build();

        RoutingDecision decision = decide(table, TOOLS, forced);

        assertThat(decision.candidates()).isEmpty();
        assertThat(decision.rejections()).hasSize(1);
    }

    @Test
    void anUnavailableModelIsPassedOverWithTheReason() {
        HealthSnapshot health = HealthSnapshot.unavailable(Map.of(PLAIN.id(), "runs as many calls as it may, 2"));

        RoutingDecision decision = table.decide(say("Oi"), NOBODY, health, 0);

        assertThat(decision.candidates()).containsExactly(PAID);
        assertThat(decision.rejections()).containsExactly(new Rejection(PLAIN.id(), "runs as many calls as it may, 2"));
    }

    @Test
    void aRestrictedCandidateCanDoOnlyWhatBothAllow() {
        Candidate restricted = LOCAL.restrictedTo(EnumSet.of(ModelCapability.TOOLS, ModelCapability.STREAMING));

        assertThat(restricted.capabilities())
                .containsExactlyInAnyOrder(ModelCapability.TOOLS, ModelCapability.STREAMING);
        assertThat(restricted.tier()).isEqualTo("local");
        assertThat(PLAIN.restrictedTo(EnumSet.allOf(ModelCapability.class))).isSameAs(PLAIN);
    }

    @Test
    void aBuilderOfACandidateKeepsEverythingThatIsNotSaidAgain() {
        Candidate full = Candidate.builder("x/y")
                .tier("paid")
                .price(TokenPrice.usdPerMillionTokens("1", "2"))
                .capabilities(Set.of(ModelCapability.TOOLS))
                .maxConcurrentCalls(2)
                .maxQueuedCalls(3)
                .contextWindow(4)
                .rateLimit(RateLimit.perSecond(5))
                .interruptSafe()
                .attemptLimit(Duration.ofSeconds(6))
                .firstTokenLimit(Duration.ofSeconds(7))
                .idleLimit(Duration.ofSeconds(8))
                .build();

        assertThat(full.toBuilder().build()).usingRecursiveComparison().isEqualTo(full);
        assertThat(full.withPrice(TokenPrice.free()))
                .usingRecursiveComparison()
                .ignoringFields("price")
                .isEqualTo(full);
        assertThat(full.withPrice(TokenPrice.free()).price()).contains(TokenPrice.free());
    }
}
