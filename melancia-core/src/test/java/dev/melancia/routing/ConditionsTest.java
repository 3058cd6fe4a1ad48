package dev.melancia.routing;

import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static dev.melancia.routing.Asks.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import dev.melancia.call.Urgency;
import dev.melancia.provider.ModelCapability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static RoutingTable table(Condition condition) {
        return Asks.table(
                RoutingPolicy.builder("p").rule("r", condition, TO_LOCAL).otherwise(TO_PAID));
    }

    private static boolean holds(Condition condition, ChatRequest request, CallContext context) {
        return Asks.decide(table(condition), request, context).rule().isPresent();
    }

    private static boolean holds(Condition condition, String question) {
        return holds(condition, say(question), NOBODY);
    }

    @Test
    void charactersAreCodePointsOfTheQuestion() {
        assertThat(holds(Condition.fewerCharactersThan(4), "abc")).isTrue();
        assertThat(holds(Condition.fewerCharactersThan(3), "abc")).isFalse();
        assertThat(holds(Condition.fewerCharactersThan(4), "🍉🍉🍉")).isTrue();
        assertThat(holds(Condition.fewerCharactersThan(3), "🍉🍉🍉")).isFalse();
        assertThat(holds(
                        Condition.fewerCharactersThan(4),
                        say("a long message with retrieved text"),
                        CallContext.builder().question("Oi").build()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "cobranca,    'Qual é a COBRANÇA, por favor?', true",
        "COBRANÇA,    'cobranca', true",
        "cobrança,    'cobranc\u0327a', true",
        "cobrança,    'cobranças', false",
        "boleto,      'oboleto', false",
        "boleto,      'meu boleto', true",
        "boleto,      'boleto', true",
        "boleto,      '(boleto)', true",
        "boleto,      '', false",
        "nota fiscal, 'A nota-fiscal chegou', true",
        "nota fiscal, 'A nota da fiscal', false",
        "guarda-chuva,'guarda chuva', true",
        "e,           'ele é', true",
        "4g,          'plano 4G', true",
        "istanbul,    'İSTANBUL', true",
        "TITULO,      'título', true",
        "ığdır,       'IĞDIR', true",
        "οδος,        'ΟΔΌΣ', true",
        "pao,         'pão🍉', true",
    })
    void wordsAreFoundWholeWithoutRegardToCaseAndAccents(String word, String question, boolean found) {
        assertThat(holds(Condition.containsAnyWord("zzz", word), question)).isEqualTo(found);
    }

    @Test
    void aWordOfNoLettersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.containsAnyWord("boleto", "?!"))
                .withMessage("containsAnyWord: a word must have a letter or a digit, was \"?!\"");
        assertThatIllegalArgumentException()
                .isThrownBy(Condition::containsAnyWord)
                .withMessage("containsAnyWord must have at least one word, had none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.fewerCharactersThan(0))
                .withMessage("fewerCharactersThan must be at least 1, was 0");
    }

    @Test
    void aPatternIsFoundAnywhereUnlessItIsTied() {
        assertThat(holds(Condition.matches("\\bR\\$ ?\\d+"), "Paguei R$ 30 ontem"))
                .isTrue();
        assertThat(holds(Condition.matches("^R\\$"), "Paguei R$ 30 ontem")).isFalse();
        assertThat(holds(Condition.matches("(?iu)ação"), "AÇÃO")).isTrue();
        assertThat(holds(Condition.matches("(a|b)*c"), "ab".repeat(200_000) + "c"))
                .as("runs out of stack")
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.matches("[a"))
                .withMessageContainingAll("matches must be a regular expression", "\"[a\"", "near index");
    }

    @Test
    void tenantAndPromptVersionAreThoseOfTheCall() {
        CallContext acme =
                CallContext.builder().tenant("acme").promptVersion("faq@3").build();

        assertThat(holds(Condition.tenant("acme"), say("Oi"), acme)).isTrue();
        assertThat(holds(Condition.tenant("ACME"), say("Oi"), acme)).isFalse();
        assertThat(holds(Condition.tenant("acme"), say("Oi"), NOBODY)).isFalse();
        assertThat(holds(Condition.promptVersion("faq@3"), say("Oi"), acme)).isTrue();
        assertThat(holds(Condition.promptVersion("faq@2"), say("Oi"), acme)).isFalse();
        assertThat(holds(Condition.promptVersion("faq@3"), say("Oi"), NOBODY)).isFalse();
    }

    @Test
    void urgencyIsThatOfTheCallAndNormalUnlessItSaysOtherwise() {
        CallContext low = CallContext.builder().urgency(Urgency.LOW).build();

        assertThat(holds(Condition.urgency(Urgency.LOW), say("Oi"), low)).isTrue();
        assertThat(holds(Condition.urgency(Urgency.NORMAL), say("Oi"), low)).isFalse();
        assertThat(holds(Condition.urgency(Urgency.NORMAL), say("Oi"), NOBODY)).isTrue();
        assertThat(holds(Condition.urgency(Urgency.HIGH), say("Oi"), NOBODY)).isFalse();
        assertThat(reason(Condition.urgency(Urgency.NORMAL))).contains("urgency is normal (was normal) -> local");
    }

    @Test
    void thePromptIsAllThatIsSentAndNotTheQuestionAlone() {
        CallContext asked = CallContext.builder().question("Oi").build();
        ChatRequest longOne = say("x".repeat(384));

        assertThat(holds(Condition.promptTokensAtLeast(100), longOne, asked)).isTrue();
        assertThat(holds(Condition.promptTokensAtLeast(101), longOne, asked)).isFalse();
        assertThat(reason(Condition.promptTokensAtLeast(2)))
                .contains("prompt of at least 2 tokens (about 10) -> local");
        assertThat(Asks.decide(table(Condition.tenant("acme").and(Condition.promptTokensAtLeast(2))), say("Oi"), NOBODY)
                        .passedRules())
                .containsExactly(
                        "rule 1 \"r\" did not apply: (tenant is acme and prompt of at least 2 tokens) (not counted)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.promptTokensAtLeast(0))
                .withMessage("promptTokensAtLeast must be at least 1, was 0");
    }

    @Test
    void aNeedIsWhatTheRequestBrings() {
        ChatRequest plain = say("Oi");
        ChatRequest tools = ChatRequest.builder()
                .messages(UserMessage.from("Oi"))
                .toolSpecifications(ToolSpecification.builder().name("weather").build())
                .build();
        ChatRequest schema = ChatRequest.builder()
                .messages(UserMessage.from("Oi"))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("answer")
                                .rootElement(JsonObjectSchema.builder().build())
                                .build())
                        .build())
                .build();
        ChatRequest image = ChatRequest.builder()
                .messages(UserMessage.from(
                        TextContent.from("O que é isto?"), ImageContent.from("http://example.org/a.png")))
                .build();

        assertNeed(ModelCapability.TOOLS, tools, plain, schema, image);
        assertNeed(ModelCapability.JSON_SCHEMA, schema, plain, tools, image);
        assertNeed(ModelCapability.IMAGES, image, plain, tools, schema);
    }

    private static void assertNeed(ModelCapability capability, ChatRequest with, ChatRequest... without) {
        assertThat(holds(Condition.needs(capability), with, NOBODY)).isTrue();
        assertThat(without).noneMatch(request -> holds(Condition.needs(capability), request, NOBODY));
    }

    @Test
    void aCallThatStreamsNeedsStreaming() {
        RoutingTable table = table(Condition.needs(ModelCapability.STREAMING));

        assertThat(Asks.decide(table, say("Oi"), NOBODY).rule()).isEmpty();
        assertThat(Asks.decide(table.forStreaming(), say("Oi"), NOBODY).rule()).contains("r");
    }

    @Test
    void aDecisionQuotesTheConditionInWords() {
        assertThat(reason(Condition.fewerCharactersThan(60))).contains("fewer than 60 characters (had 21) -> local");
        assertThat(reason(Condition.containsAnyWord("nota", "boleto")))
                .contains("question has a word of [nota, boleto] -> local");
        assertThat(reason(Condition.matches("bol\\w+"))).contains("question matches \"bol\\w+\" -> local");
        assertThat(reason(Condition.not(Condition.tenant("acme")))).contains("not tenant is acme -> local");
        assertThat(reason(Condition.not(Condition.promptVersion("faq@3"))))
                .contains("not prompt version is faq@3 -> local");
        assertThat(reason(Condition.not(Condition.needs(ModelCapability.JSON_SCHEMA))))
                .contains("not call needs json schema -> local");
        assertThat(reason(Condition.tenant("acme").and(Condition.fewerCharactersThan(60))))
                .contains("no rule took it -> paid");
        assertThat(Asks.decide(
                                table(Condition.tenant("acme").and(Condition.fewerCharactersThan(60))),
                                say("Oi"),
                                NOBODY)
                        .passedRules())
                .containsExactly(
                        "rule 1 \"r\" did not apply: (tenant is acme and fewer than 60 characters)" + " (not counted)");
    }

    private static String reason(Condition condition) {
        return Asks.decide(table(condition), say("Onde está meu boleto?"), NOBODY)
                .reason();
    }
}
