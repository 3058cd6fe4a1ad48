package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerSourcesTest {

    @Test
    void readsEachSourceOnceInTheOrderOfTheText() {
        assertThat(AnswerSources.of("“Um.” [fonte: rm-07] “Dois.” [fonte: rm_1.b] “Três.” [fonte: rm-07]"))
                .containsExactly("rm-07", "rm_1.b");
    }

    @Test
    void textWithoutAMarkHasNoSources() {
        assertThat(AnswerSources.of(ExtractiveProvider.REFUSAL)).isEmpty();
        assertThat(AnswerSources.of("[fonte: ] [fonte rm-07] (fonte: rm-07) [fonte: rm-0"))
                .isEmpty();
    }

    @Test
    void readsWhatIsWritten() {
        assertThat(AnswerSources.of(AnswerSources.mark("rm-42"))).containsExactly("rm-42");
    }
}
