package dev.melancia.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortugueseWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    A NOMEAÇÃO, da banca!          | a nomeacao da banca
                    d'água e guarda-chuva          | d agua e guarda chuva
                    H1N1 e covid-19                | h1n1 e covid 19
                    vinte e três                   | 23
                    23                             | 23
                    23,0                           | 23
                    007                            | 7
                    0,5                            | 0.5
                    mil e quinhentos               | 1500
                    1.500                          | 1500
                    1,5                            | 1.5
                    1.500,50                       | 1500.5
                    1,500,000                      | 1500000
                    1,500.25                       | 1500.25
                    192.168.0.1                    | 192.168.0.1
                    dois milhões                   | 2000000
                    2,5 milhões                    | 2500000
                    2 mi                           | 2000000
                    23 mil                         | 23000
                    meio milhão                    | 500000
                    dois milhões e meio            | 2500000
                    1 milhão e 200 mil pessoas     | 1200000 pessoas
                    dois mil e quinze              | 2015
                    mil novecentos e noventa e nove | 1999
                    trezentos e cinquenta e dois mil quatrocentos e um | 352401
                    cem mil e um                   | 100001
                    zero                           | 0
                    um dia, uma noite              | um dia uma noite
                    vinte e um dias                | 21 dias
                    um milhão                      | 1000000
                    uma dúzia e meia dúzia         | 12 e 6
                    duas dúzias                    | 24
                    meia hora                      | meia hora
                    dois e três                    | 2 e 3
                    vinte, trinta                  | 20 30
                    trinta e poucos                | 30 e poucos
                    primeiro lugar na 1ª rodada    | 1 lugar na 1 rodada
                    décimo segundo andar           | 12 andar
                    segundo o texto                | segundo o texto
                    na quarta-feira                | na quarta feira
                    art. 5º                        | art 5
                    50%                            | 50 %
                    cinquenta por cento            | 50 %
                    50 porcento                    | 50 %
                    R$ 10                          | 10 reais
                    dez reais                      | 10 reais
                    R$ 1,5 milhão                  | 1500000 reais
                    US$ 10                         | 10 dolares
                    R$                             | reais
                    05/03/2015                     | 5 marco 2015
                    2015-03-05                     | 5 marco 2015
                    5 de março de 2015             | 5 de marco de 2015
                    32/13/2015                     | 32 13 2015
                    2/3                            | 2 3
                    às 14h30                       | as 14:30
                    14:30                          | 14:30
                    14h                            | 14 horas
                    14h00                          | 14 horas
                    10km                           | 10 km
                    the 2nd of May                 | the 2 nd of may
                    12345678901234567890 mil       | 12345678901234567890 1000
                    """)
    void givesWordsAndNumbersInOneForm(String text, String words) {
        assertThat(PortugueseWords.of(text)).containsExactly(words.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?!", "—"})
    void nothingHasNoWords(String text) {
        assertThat(PortugueseWords.of(text)).isEmpty();
    }

    @Test
    void englishIsLeftAsItIs() {
        assertThat(PortugueseWords.of("Do not send one or two e-mails."))
                .containsExactly("do", "not", "send", "one", "or", "two", "e", "mails");
    }

    @Test
    void contentHasNoFunctionWordsButKeepsNegation() {
        assertThat(PortugueseWords.content(PortugueseWords.of("O aluno não paga a taxa nem a multa do aluno")))
                .containsExactly("aluno", "nao", "paga", "taxa", "nem", "multa");
        assertThat(PortugueseWords.content(List.of("de", "o"))).containsExactly("de", "o");
    }

    @Test
    void knowsNegationsNumbersAndFunctionWords() {
        assertThat(PortugueseWords.of("Nunca sem o 3,5 às 14h30"))
                .map(word -> PortugueseWords.isNegation(word)
                        ? "not"
                        : PortugueseWords.isNumber(word) ? "number" : PortugueseWords.isFunctionWord(word) ? "-" : word)
                .containsExactly("not", "not", "-", "number", "-", "number");
        assertThat(PortugueseWords.isNegation("no")).isFalse();
        assertThat(PortugueseWords.isNumber("")).isFalse();
        assertThat(PortugueseWords.isNumber("192.168.0.1")).isFalse();
    }

    @Test
    void turkishMachineReadsTheSame() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            assertThat(PortugueseWords.of("INSCRIÇÃO INICIAL")).containsExactly("inscricao", "inicial");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void readsAHugeTextAndAHugeNumber() {
        assertThat(PortugueseWords.of("mil e ".repeat(50_000))).hasSize(100_000);
        assertThat(PortugueseWords.of("7".repeat(100_000))).hasSize(1);
    }
}
