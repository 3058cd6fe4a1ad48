package dev.melancia.mlflow.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {

    @Test
    void variablesAreFilledWhateverTheSpacesAroundThem() {
        PromptTemplate template = PromptTemplate.text("{{a}} {{ a }} {{\n b.c_2\t}} {\"x\":{{{ a }}}} {a} }}");

        assertThat(template.variables()).containsExactly("a", "b.c_2");
        assertThat(template.fill(Map.of("a", "A$1\\n", "b.c_2", "")))
                .isEqualTo("A$1\\n A$1\\n  {\"x\":{A$1\\n}} {a} }}");
    }

    @Test
    void aValueIsNeverSearchedForVariables() {
        PromptTemplate template = PromptTemplate.text("{{ question }} / {{ secret }}");

        assertThat(template.fill(new TreeMap<>(Map.of("question", "{{ secret }}", "secret", "s"))))
                .isEqualTo("{{ secret }} / s");
    }

    @Test
    void missingAndUnknownVariablesAreNamedWithoutTheirValues() {
        PromptTemplate template = PromptTemplate.text("{{ a }} {{ b }}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.fill(Map.of("a", "hidden", "c", "hidden")))
                .withMessage("values must be those of the template's variables [a, b], missing [b], unknown [c]");
    }

    @Test
    void chatKeepsItsRolesAndOrder() {
        PromptTemplate chat =
                PromptTemplate.chat(List.of(PromptMessage.system("You are {{ x }}"), PromptMessage.user("{{ q }}")));

        assertThat(chat.fillMessages(Map.of("x", "kind", "q", "Olá?")))
                .containsExactly(PromptMessage.system("You are kind"), PromptMessage.user("Olá?"));
        assertThatIllegalStateException().isThrownBy(chat::text);
        assertThatIllegalStateException().isThrownBy(() -> chat.fill(Map.of()));
        assertThatIllegalStateException()
                .isThrownBy(() -> PromptTemplate.text("a").messages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ name }", "{{ name", "{{}}", "{{ 1x }}", "{{ a b }}", "{{ a. }}", "{{{{ a }}", "{{ ação }}"})
    void bracesThatOpenNoVariableAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptTemplate.text("Olá " + text))
                .withMessageContaining("at character 4 it does not");
        assertThatIllegalArgumentException().isThrownBy(() -> PromptTemplate.chat(List.of(PromptMessage.user(text))));
    }

    @Test
    void emptyTemplatesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PromptTemplate.text(" \n"));
        assertThatIllegalArgumentException().isThrownBy(() -> PromptTemplate.chat(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new PromptMessage(" ", "x"));
    }

    @Test
    void controlFlowIsKeptButNotFilled() {
        PromptTemplate template = PromptTemplate.text("{% if a %}{{ a | upper }}{% endif %}");

        assertThatIllegalStateException()
                .isThrownBy(() -> template.fill(Map.of("a", "x")))
                .withMessageContaining("Jinja2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ação", "a@1"})
    void promptNamesTheServerRefusesAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> NewPrompt.of(name, PromptTemplate.text("x")));
    }

    @Test
    void aPromptHasAtMostAHundredThousandCharacters() {
        NewPrompt.of("p", PromptTemplate.text("é".repeat(100_000))).build();
        NewPrompt.of("p", PromptTemplate.text("\ud83d\ude00".repeat(100_000))).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewPrompt.of("p", PromptTemplate.text("x".repeat(100_001))))
                .withMessageContaining("at most 100000 characters, had 100001");
        List<PromptMessage> messages = List.of(PromptMessage.user("x".repeat(100_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> NewPrompt.of("p", PromptTemplate.chat(messages)));
    }

    @Test
    void jsonOfAPromptIsChecked() {
        NewPrompt.Builder prompt = NewPrompt.of("p", PromptTemplate.text("x"));

        assertThatIllegalArgumentException().isThrownBy(() -> prompt.responseFormat("[1]"));
        assertThatIllegalArgumentException().isThrownBy(() -> prompt.modelConfig("{\"a\":"));
        assertThatIllegalArgumentException().isThrownBy(() -> prompt.modelConfig(""));
        assertThatIllegalArgumentException().isThrownBy(() -> prompt.modelConfig("{}"));
    }

    @Test
    void nothingShowsTheText() {
        PromptTemplate template = PromptTemplate.chat(List.of(PromptMessage.user("segredo {{ a }}")));
        NewPrompt prompt = NewPrompt.of("p", template).build();

        assertThat(template.toString() + template.messages() + prompt)
                .doesNotContain("segredo")
                .contains("[a]");
    }

    @Test
    void linksAreAddedOnce() {
        java.time.Instant now = java.time.Instant.EPOCH;
        PromptVersion one =
                PromptVersion.of(NewPrompt.of("p", PromptTemplate.text("x")).build(), 1, now);
        PromptVersion two =
                PromptVersion.of(NewPrompt.of("p", PromptTemplate.text("y")).build(), 2, now);

        assertThat(LinkedPrompts.text(List.of(one, two, one)))
                .isEqualTo("[{\"name\":\"p\",\"version\":\"1\"},{\"name\":\"p\",\"version\":\"2\"}]");
        assertThat(LinkedPrompts.text("[{\"name\": \"p\", \"version\": \"1\"}]", List.of(one)))
                .isEqualTo("[{\"name\": \"p\", \"version\": \"1\"}]");
        assertThatIllegalStateException().isThrownBy(() -> LinkedPrompts.text("{}", List.of(one)));
    }
}
