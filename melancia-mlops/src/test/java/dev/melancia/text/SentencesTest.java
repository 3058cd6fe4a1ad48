package dev.melancia.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

    /** Sentences end where the bar stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "O Dr. Silva e a Sra. Souza vieram.|Saíram.",
                "A Lei nº 5. |O prazo vale.",
                "Veja o art. 5º da Lei n. 9.394.|Depois, p. ex., o inc. II.|Fim",
                "Custa R$ 3.50 hoje.|Amanhã, 1.500,00!|E depois?|Não sei…",
                "J. R. Silva assina.|O prazo é de 30 dias",
                "Não sei... mas vou.|\"Pode!\"|Ok.",
                "Itens a, b, etc. são bons.|Carros, motos, etc.|Depois disso, nada.",
                "Falta vitamina C.|O corpo precisa.|Quero ver.|Fica entre nós.|Nada mais.",
                "não sei.|procure o setor",
                "Ele foi aos EUA.|Voltou em 5 jan. 2015.|Fim.",
                "Quantos?|5.|O prazo é de 5 dias.",
                "5.|O prazo é de 5 dias.",
                "O João? Sim!|Foi.",
            })
    void splitsWhereSentencesEnd(String marked) {
        List<String> expected = List.of(marked.replace("João? Sim", "João?|Sim").split("\\|")).stream()
                .map(String::strip)
                .toList();
        assertThat(Sentences.of(marked.replace('|', ' '))).isEqualTo(expected);
    }

    @Test
    void listItemsAreSentencesWithoutTheirMarkers() {
        assertThat(
                        Sentences.of(
                                "São dois:\n- primeiro item\n* segundo item\n• terceiro\n1. Abrir.\n2) Fechar a conta\na) sair"))
                .containsExactly(
                        "São dois:", "primeiro item", "segundo item", "terceiro", "Abrir.", "Fechar a conta", "sair");
    }

    @Test
    void aWrappedLineGoesOnAndATitleOrAnEmptyLineEnds() {
        assertThat(Sentences.of("Prazos\nO prazo é de\ntrinta dias,\nSalvo exceções\n\nfim"))
                .containsExactly("Prazos", "O prazo é de trinta dias, Salvo exceções", "fim");
        assertThat(Sentences.of("Um.\r\nDois.\r\n")).containsExactly("Um.", "Dois.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "\n\n", "- "})
    void nothingHasNoSentences(String text) {
        assertThat(Sentences.of(text)).isEmpty();
    }

    @Test
    void splitsHugeTexts() {
        assertThat(Sentences.of("Dr. ".repeat(100_000))).hasSize(1);
        assertThat(Sentences.of("Fim. ".repeat(100_000))).hasSize(100_000);
        assertThat(Sentences.of("!".repeat(200_000) + "a")).hasSize(1);
        assertThat(Sentences.of("a" + " ".repeat(200_000) + "b")).hasSize(1);
    }
}
