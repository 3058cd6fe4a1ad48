package dev.melancia.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nota\": 4}",
                " {\"motivo\": \"ok, mas 5 seria demais\", \"nota\": \"4\"} ",
                "```json\n{\"reason\": \"x\", \"grade\": 4}\n```",
                "A resposta é boa.\nNota: 4",
                "Good.\n\n**Grade: 4/5**",
                "- **Nota:** \"4\".",
            })
    void readsGrades(String reply) {
        assertThat(Verdicts.grades().read(reply)).hasValue("4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Eu daria nota 5 para essa resposta.",
                "A nota: 5 é merecida, pois está completa.",
                "Nota: 5\nmas pensando bem, não sei.",
                "{\"nota\": 6}",
                "{\"nota\": 4.5}",
                "{\"nota\": 4, \"nota\": 5}",
                "{\"nota\": 4, \"grade\": 5}",
                "{\"nota\": 4} {\"nota\": 5}",
                "Claro! {\"nota\": 5}",
                "{\"score\": 5}",
                "Nota: 45",
                "Nota: -3",
                "**Nota:** - 3",
                "Nota: −3",
                "Nota: .5",
                "Nota: ,5",
                "{\"nota\": -3}",
                "5",
            })
    void takesNothingElseForAGrade(String reply) {
        assertThat(Verdicts.grades().read(reply)).isEmpty();
    }

    @Test
    void readsWinners() {
        assertThat(Verdicts.winners().read("{\"melhor\": \"B\"}")).hasValue("b");
        assertThat(Verdicts.winners().read("Both fine.\nWinner: tie")).hasValue("tie");
        assertThat(Verdicts.winners().read("A is better than B.")).isEmpty();
    }
}
