package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    void fiveLettersOrOneOtherVisibleCharacterAreAToken() {
        assertThat(Tokens.split("Atribuição de R$ 1,50."))
                .containsExactly("Atrib", "uição", " de", " R", "$", " 1", ",", "50", ".");
    }

    @Test
    void joinedTokensAreTheText() {
        List<String> texts = List.of("", " ", "a\n\n b  ", "\uD83C\uDF49 melancia\uD83C\uDF49", "“ão” [fonte: rm-07]");

        assertThat(texts)
                .allSatisfy(
                        text -> assertThat(String.join("", Tokens.split(text))).isEqualTo(text));
        assertThat(Tokens.split("\uD83C\uDF49\uD83C\uDF49")).hasSize(2);
    }

    @Test
    void blankTextHasNoTokens() {
        assertThat(Tokens.count("")).isZero();
        assertThat(Tokens.count(" \n")).isZero();
        assertThat(Tokens.count(" a \n")).isEqualTo(1);
    }
}
