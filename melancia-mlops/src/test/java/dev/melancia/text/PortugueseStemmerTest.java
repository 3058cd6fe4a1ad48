package dev.melancia.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortugueseStemmerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aluguel alugueis",
                "alugar alugaram alugado alugou alugando",
                "nacao nacoes",
                "educar educacao educada",
                "rapido rapidamente rapidas",
                "menino menina meninas",
                "professor professora professores",
                "animal animais",
                "presidente presidencia presidentes",
                "coordenador coordenadora coordenacao coordenar",
                "vencer venceu vencida venceram",
                "morreu morreram morrer",
                "mortos morte",
                "informar informacao informacoes informou",
                "ferido feridas ferimentos",
                "trabalho trabalhador trabalhadores trabalhar",
            })
    void relatedWordsShareAStem(String words) {
        assertThat(Arrays.stream(words.split(" ")).map(PortugueseStemmer::stem).distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"casa,carta", "prazo,praca", "aluno,aula", "pais,pele", "direito,diretor"})
    void otherWordsKeepTheirOwn(String word, String other) {
        assertThat(PortugueseStemmer.stem(word)).isNotEqualTo(PortugueseStemmer.stem(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ja", "3.5", "2015", "sim", "h1n1", "covid19"})
    void shortWordsAndNumbersAreTheirOwnStem(String word) {
        assertThat(PortugueseStemmer.stem(word)).isEqualTo(word);
    }
}
