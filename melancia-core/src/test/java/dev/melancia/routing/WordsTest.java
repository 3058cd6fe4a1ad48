package dev.melancia.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final String SPACES = " \t\n\u000B\f\r\u001C\u001F\u0085\u00A0\u2003\u2028\u3000";

    @Test
    void countsRunsOfAnythingButWhiteSpace() {
        assertThat(Words.count("", 99)).isZero();
        assertThat(Words.count(" \t\n ", 99)).isZero();
        assertThat(Words.count("Oi", 99)).isOne();
        assertThat(Words.count("  O que é\tretail media?\n", 99)).isEqualTo(5);
        assertThat(Words.count("- , !", 99)).isEqualTo(3);
    }

    @Test
    void everyUnicodeSpaceSeparates() {
        SPACES.chars()
                .forEach(space -> assertThat(Words.count("a" + (char) space + "b", 99))
                        .as("U+%04X", space)
                        .isEqualTo(2));
        assertThat(Words.count("zero\u200Bwidth", 99)).isOne();
    }

    @Test
    void stopsAtTheLimit() {
        assertThat(Words.count(Asks.words(14), 15)).isEqualTo(14);
        assertThat(Words.count(Asks.words(15), 15)).isEqualTo(15);
        assertThat(Words.count(Asks.words(4_000), 15)).isEqualTo(15);
    }

    @Test
    void agreesWithTheWordsThatWereJoined() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int words = random.nextInt(30);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < words; i++) {
                text.append(space(random)).append("ação");
            }
            assertThat(Words.count(text + space(random), 99))
                    .as("seed %d", seed)
                    .isEqualTo(words);
        }
    }

    private static String space(Random random) {
        return String.valueOf(SPACES.charAt(random.nextInt(SPACES.length()))).repeat(1 + random.nextInt(3));
    }
}
