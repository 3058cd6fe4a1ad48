package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalCorrectnessTest {

    private static final Question ANSWERABLE = Question.of("a", "Qual é o prazo?", "30 dias");
    private static final Question UNANSWERABLE = Question.of("u", "Qual é a cor do reitor?");

    private final RefusalCorrectness scorer = new RefusalCorrectness();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Não sei.",
                "não sei",
                "NAO SEI",
                "Desculpe, não sei.",
                "Desculpe, mas não sei responder.",
                "Eu não sei a resposta para essa pergunta.",
                "Infelizmente, não tenho informações sobre isso.",
                "Não tenho essa informação.",
                "Não encontrei essa informação no contexto fornecido.",
                "Com base no contexto fornecido, não é possível determinar o prazo.",
                "De acordo com o texto, não há informação sobre o prazo.",
                "Não há informações suficientes no texto para responder.",
                "Essa informação não consta no documento.",
                "O contexto fornecido não menciona o prazo.",
                "O texto não informa qual é o prazo.",
                "O texto fala da banca, mas não menciona o prazo.",
                "Não consta.",
                "**Não sei.** Posso ajudar com outra coisa?",
                "Sinto muito! Não consigo responder a essa pergunta. Consulte a secretaria.",
                "Não sei, mas você pode consultar o edital.",
                "Não encontrei a resposta no contexto. O texto trata apenas da banca examinadora.",
                "Desconheço.",
                "Não tenho como saber.",
                "Não há dados suficientes.",
                "Nenhuma informação sobre o prazo foi encontrada no texto.",
                "Não foi encontrada nenhuma menção ao prazo no documento.",
                "Isso não está no contexto.",
                "A resposta não está disponível no texto.",
                "A informação não foi fornecida.",
                "Como modelo de linguagem, não tenho acesso a essa informação.",
                "Não há no contexto informação sobre o prazo.",
                "Não é mencionado no texto.",
                "I don't know.",
                "As an AI language model, I don't have access to that information.",
                "I don’t know",
                "I'm sorry, but I cannot answer that.",
                "The context does not mention the deadline.",
                "Based on the provided text, there is no information about it.",
                "I'm unable to find this information.",
                "Não sei responder a essa pergunta.",
                "Não encontrei essa informação na base de conhecimento.",
                "Desculpe, não tenho essa informação. Consulte o suporte.",
                "Não sei, desculpe.",
                "Não sei e não tenho como saber.",
                "Não sei qual é o prazo nem quem assina, e o texto não informa.",
                "Não tenho informações sobre prazos, multas e juros.",
                "Não posso responder, pois o contexto não menciona o prazo.",
                "Não encontrei a data no contexto.",
                "Não encontrei nada sobre o prazo.",
                "Não há menção ao prazo.",
                "Não há dados sobre o prazo, apenas sobre a banca.",
                "Não sei. Se precisar, entre em contato com o suporte pelo telefone 0800 123.",
                "Não sei. Você pode consultar o edital, que está no portal.",
                "Não sei. Recomendo que você procure a secretaria.",
                "I don't know, sorry.",
                "I could not find any information about this. Please contact support.",
                "There is no mention of the deadline in the document.",
                "I don't know. You can check the manual.",
                "",
                "  ",
            })
    void recognisesRefusals(String text) {
        assertThat(score(UNANSWERABLE, text)).as("unanswerable").isEqualTo(1);
        assertThat(score(ANSWERABLE, text)).as("answerable").isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Não sei se todos sabem, mas o prazo é de 30 dias.",
                "Não sei ao certo, mas acho que são 30 dias.",
                "Não sei, acho que 30 dias.",
                "Não sei. O prazo é de 30 dias.",
                "Não sei, o prazo é de 30 dias.",
                "Não sei e o prazo é de 30 dias.",
                "Não sei (o prazo é de 30 dias).",
                "Não sei — o prazo é de 30 dias.",
                "Não sei a cor, é azul.",
                "Não encontrei essa informação no contexto, a multa é de 2% ao mês.",
                "Não encontrei essa informação. Você pode cancelar em até 7 dias com reembolso integral.",
                "Não sei. O texto fixa o prazo em 30 dias.",
                "Não encontrei a data. O documento diz que o prazo é de 30 dias.",
                "Não sei. Consulte o edital, o prazo é de 30 dias.",
                "Não sei, mas você pode cancelar em 7 dias.",
                "Não sei. Consulte a página 3, que diz que são 30 dias.",
                "No data is stored.",
                "O texto menciona 30 dias, mas não diz quem assina.",
                "Não há dados pessoais no relatório.",
                "Não encontrei divergências.",
                "Não há informações além do prazo de 30 dias.",
                "Não constam pendências.",
                "There is no personal data in the report.",
                "I could not find any errors.",
                "I don't know, the deadline is 30 days.",
                "Não encontrei no contexto. Porém, em geral, o prazo é de 30 dias.",
                "O prazo é de 30 dias.",
                "Não.",
                "Não, o prazo não é prorrogável.",
                "Não pode.",
                "Não há prazo.",
                "Não é possível prorrogar o prazo.",
                "A resposta não é 30, é 45 dias.",
                "A informação não foi alterada em 2020.",
                "Não há limite de informações por página.",
                "Não constatamos falhas.",
                "Não é informado ao aluno antes de 30 dias.",
                "Nenhum aluno foi encontrado em situação irregular.",
                "Não há multa.",
                "Não tenho dúvidas de que o prazo é de 30 dias.",
                "O aluno que disser \"não sei\" perde o ponto.",
                "Quem responde que não sabe recebe nota zero.",
                "O documento diz que são 30 dias.",
                "O texto não só informa o prazo como dá o motivo: são 30 dias, e não sei de exceção.",
                "30 dias. Não sei se há exceção.",
                "I don't know if you noticed, but the deadline is 30 days.",
                "There is no deadline.",
                "?!",
            })
    void leavesHardNegativesAlone(String text) {
        assertThat(score(UNANSWERABLE, text)).as("unanswerable").isZero();
        assertThat(score(ANSWERABLE, text)).as("answerable").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"e ", "no contexto ", "se quiser ", "não sei o prazo, o prazo, ", "não sei, mas ", "você pode "})
    void longTextsCostNoExplosion(String part) {
        String within = part.repeat(3_900 / part.length()) + "a";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(score(ANSWERABLE, within)).isBetween(0.0, 1.0);
            assertThat(score(ANSWERABLE, within.repeat(20))).isEqualTo(1);
        });
    }

    private double score(Question question, String text) {
        return scorer.score(question, Answer.of(text)).value().orElseThrow();
    }
}
