package dev.melancia.examples.extractive;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.examples.extractive.Questions.Question;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalTest {

    static final List<ModelId> MODELS = List.of(Questions.SENTENCE, Questions.PASSAGE);

    private static final String TRACKING_QUESTION = "Qual é o código de rastreio da transportadora Ipê Amarelo?";

    /** Measured: sentence 33 of 50 and 7 of 10, passage 39 of 50 and 8 of 10. The floors stand a little below. */
    static Stream<Arguments> floors() {
        return Stream.of(Arguments.of(Questions.SENTENCE, 30, 6), Arguments.of(Questions.PASSAGE, 36, 7));
    }

    @ParameterizedTest
    @MethodSource("floors")
    void findsTheSourceAndRefusesWhatTheBaseDoesNotHold(ModelId id, int leastHits, int leastRefusals) {
        ChatModel model = Questions.model(id);
        List<Question> hit = new ArrayList<>();
        List<Question> refused = new ArrayList<>();
        for (Question question : Questions.measuring()) {
            String answer = model.chat(question.question());
            if (question.answerable() && question.isHitBy(answer)) {
                hit.add(question);
            }
            if (!question.answerable() && answer.equals(ExtractiveProvider.REFUSAL)) {
                refused.add(question);
            }
        }

        assertThat(hit).as("%s, right source of 50", id).hasSizeGreaterThanOrEqualTo(leastHits);
        assertThat(refused).as("%s, refused of 10", id).hasSizeGreaterThanOrEqualTo(leastRefusals);
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void everyAnswerIsTheRefusalOrAVerbatimQuotationOfItsOneSource(ModelId id) {
        ChatModel model = Questions.model(id);
        Map<String, String> texts =
                KnowledgeBase.bundled().passages().stream().collect(toMap(Passage::id, Passage::text));

        assertThat(Questions.measuring())
                .extracting(question -> model.chat(question.question()))
                .allSatisfy(answer -> {
                    if (!answer.equals(ExtractiveProvider.REFUSAL)) {
                        List<String> sources = AnswerSources.of(answer);
                        assertThat(sources).hasSize(1);
                        assertThat(answer).endsWith("[fonte: " + sources.get(0) + "]");
                        assertThat(texts.get(sources.get(0)))
                                .contains(answer.substring(answer.indexOf('“') + 1, answer.lastIndexOf('”')));
                    }
                });
    }

    @Test
    void passagesAreLongerThanSentences() {
        String question = "O que é uma clean room?";

        assertThat(Questions.model(Questions.PASSAGE).chat(question))
                .hasSizeGreaterThan(
                        Questions.model(Questions.SENTENCE).chat(question).length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"???", "xyzzy plugh blorb", "1234567890", "e o que é que é?", "\uD83C\uDF49\uD83C\uDF49"})
    void refusesNonsense(String question) {
        for (ModelId id : MODELS) {
            assertThat(Questions.model(id).chat(question)).isEqualTo(ExtractiveProvider.REFUSAL);
        }
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void orderOfTheKnowledgeBaseChangesNoAnswer(ModelId id) {
        List<Passage> shuffled = new ArrayList<>(KnowledgeBase.bundled().passages());
        Collections.shuffle(shuffled, new Random(20261122));
        ChatModel model = Questions.model(id);
        ChatModel other = on(id, shuffled);

        assertThat(Questions.measuring())
                .allSatisfy(question ->
                        assertThat(other.chat(question.question())).isEqualTo(model.chat(question.question())));
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void equallyGoodPassagesAreDecidedByTheirIds(ModelId id) {
        Passage first = new Passage("a", "Frete", "O frete custa cinco reais.");
        Passage second = new Passage("b", "Frete", "O frete custa cinco reais.");

        assertThat(AnswerSources.of(on(id, List.of(second, first)).chat("Quanto custa o frete?")))
                .containsExactly("a");
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void newPassageMakesItsQuestionAnswerable(ModelId id) {
        List<Passage> more = new ArrayList<>(KnowledgeBase.bundled().passages());
        more.add(new Passage(
                "novo.1",
                "Transportadora Ipê Amarelo",
                "A Ipê Amarelo entrega em todo o Sul. O código de rastreio da transportadora começa com IPE."));

        assertThat(Questions.model(id).chat(TRACKING_QUESTION)).isEqualTo(ExtractiveProvider.REFUSAL);
        assertThat(AnswerSources.of(on(id, more).chat(TRACKING_QUESTION))).containsExactly("novo.1");
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void removedPassageIsNoLongerQuoted(ModelId id) {
        List<Passage> fewer = KnowledgeBase.bundled().passages().stream()
                .filter(passage -> !passage.id().equals("rm-19"))
                .toList();

        assertThat(AnswerSources.of(Questions.model(id).chat("O que é uma clean room?")))
                .containsExactly("rm-19");
        assertThat(AnswerSources.of(on(id, fewer).chat("O que é uma clean room?")))
                .doesNotContain("rm-19");
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void capitalsAndMissingAccentsChangeNoAnswer(ModelId id) {
        ChatModel model = Questions.model(id);
        String question = "Que tamanho tem o grupo de controle do teste de incrementalidade?";
        String plain = Normalizer.normalize("Qual é a base legal da personalização de anúncios?", Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");

        assertThat(model.chat(question.toUpperCase(Locale.ROOT))).isEqualTo(model.chat(question));
        assertThat(AnswerSources.of(model.chat(plain))).containsExactly("rm-17");
    }

    @Test
    void turkishDefaultLocaleChangesNoAnswer() {
        String question = "QUE TAMANHO TEM O GRUPO DE CONTROLE DO TESTE DE INCREMENTALIDADE?";
        String answer = Questions.model(Questions.SENTENCE).chat(question);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Questions.model(Questions.SENTENCE).chat(question))
                    .isEqualTo(answer)
                    .contains("[fonte: rm-11]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void questionOfManyThousandWordsIsAnsweredOrRefusedLikeAnyOther() {
        String all = String.join(
                " ",
                KnowledgeBase.bundled().passages().stream().map(Passage::text).toList());

        assertThat(Questions.model(Questions.PASSAGE).chat(all)).isEqualTo(ExtractiveProvider.REFUSAL);
    }

    private static ChatModel on(ModelId id, List<Passage> passages) {
        return new ExtractiveProvider(KnowledgeBase.of(passages)).chatModel(ModelSettings.of(id));
    }
}
