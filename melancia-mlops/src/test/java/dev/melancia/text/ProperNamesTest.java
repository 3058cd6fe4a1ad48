package dev.melancia.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProperNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    David Silva bateu escanteio e Kompany marcou.  | david silva kompany
                    O STF decidiu ontem em São Paulo.              | stf sao paulo
                    Choveu muito ontem. Hoje faz sol.              | ''
                    STF decide hoje                                | stf
                    A Petrobras caiu. Petrobras sobe.              | petrobras
                    Todas As Palavras Em Maiúsculas Aqui           | ''
                    3 alunos do Ifes                               | ifes
                    """)
    void findsWordsWithCapitalsInsideSentences(String text, String names) {
        assertThat(String.join(" ", ProperNames.of(text))).isEqualTo(names);
    }
}
