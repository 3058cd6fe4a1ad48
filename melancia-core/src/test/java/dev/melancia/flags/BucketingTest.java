package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketingTest {

    /**
     * Published murmur3 x86 32 values, seed 0: the ABsmartly JavaScript SDK's murmur3_32.test.js (commit 311acea) and, for
     * the two long ASCII sentences, the widely repeated vectors of "MurmurHash3 test vectors", stackoverflow.com/q/14747343.
     */
    @ParameterizedTest
    @CsvSource({
        "t, ca87df4d",
        "te, edb8ee1b",
        "tes, 0bb90e5a",
        "test, ba6bd213",
        "testy, 44af8342",
        "testy1, 8a1a243a",
        "testy12, 845461b9",
        "testy123, 47628ac4",
        "special characters açb↓c, be83b140",
        "'Hello, world!', c0363e43",
        "The quick brown fox jumps over the lazy dog, 2e4ff723",
    })
    void hashesPublishedVectorsHoweverTheTextIsCut(String text, String hexHash) {
        int expected = Integer.parseUnsignedInt(hexHash, 16);
        for (int cut = 0; cut <= text.length(); cut++) {
            int hash = Murmur3Prefix.of(text.substring(0, cut)).hash(text.substring(cut));
            assertThat(hash).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void hashesNothingToZero() {
        assertThat(Murmur3Prefix.of("").hash("")).isZero();
    }

    /** Keys whose hash is 0, 1, 2^31 - 1, 2^31 and 2^32 - 1: flagd-testbed, gherkin/targeting.feature, tag fractional-v2. */
    @ParameterizedTest
    @CsvSource({
        "ejOoVL, 0, 0",
        "bY9fO-, 1, 0",
        "SI7p-, 2147483647, 49",
        "6LvT0, 2147483648, 50",
        "ceQdGm, 4294967295, 99"
    })
    void scalesTheEdgesOfTheHashAsFlagdDoes(String text, long hash, int bucketOfHundred) {
        assertThat(Integer.toUnsignedLong(Murmur3Prefix.of("").hash(text))).isEqualTo(hash);
        assertThat(Bucketing.bucket(text.substring(0, 2), text.substring(2), 100))
                .isEqualTo(bucketOfHundred);
    }

    /**
     * Frozen: users change sides if one of these changes. Computed once by an independent implementation (Python, arbitrary
     * precision integers).
     */
    @ParameterizedTest
    @CsvSource({
        "hybrid, user-1, 6985",
        "hybrid, user-2, 1706",
        "hybrid, 42, 3029",
        "hybrid, '', 2424",
        "hybrid, joão.gonçalves@exemplo.com.br, 3015",
        "hybrid, ユーザー7, 8846",
        "hybrid, usuária-🍉, 7743",
        "ollama_percentage, user-1, 9951",
        "ollama_percentage, conceição, 6563",
        "s, 3f2b8c1e-6a50-4d7c-9d0e-5b1f6a7c8d9e, 7460",
        "ab, x, 9380",
        "abc, xyz, 749",
        "abcd, xyzw, 8783",
    })
    void keepsTheBucketsItAlwaysGave(String splitId, String key, int bucket) {
        assertThat(Bucketing.bucket(splitId, key, 10_000)).isEqualTo(bucket);
    }

    @Test
    void agreesWithItselfWhereverTheTextIsCut() {
        long seed = 20_261_122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(40), 1, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            int cut = random.nextInt(text.length() + 1);
            assertThat(Murmur3Prefix.of(text.substring(0, cut)).hash(text.substring(cut)))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(Murmur3Prefix.of("").hash(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "abcd", "hybrid"})
    void hashesANumberAsItsEightLittleEndianBytes(String prefix) {
        long ascii = 0x68_67_66_65_64_63_62_61L;
        byte[] bytes = "abcdefgh".getBytes(StandardCharsets.US_ASCII);

        assertThat(Murmur3Prefix.of(prefix).hash(ascii))
                .isEqualTo(Murmur3Prefix.of(prefix).hash(new String(bytes, StandardCharsets.US_ASCII)));
    }

    @Test
    void turnsAPercentageIntoTwoWeights() {
        assertThat(Bucketing.weights(0.8)).containsExactly(8_000, 2_000);
        assertThat(Bucketing.weights(0)).containsExactly(0, 10_000);
        assertThat(Bucketing.weights(1)).containsExactly(10_000, 0);
        assertThat(Bucketing.weights(0.29)).containsExactly(2_900, 7_100);
        assertThat(Bucketing.weights(0.00005)).containsExactly(1, 9_999);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.0001, 80, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAShareThatIsNoShare(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucketing.weights(p))
                .withMessageContaining("must be in [0, 1], was " + p);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.of("hybrid", p))
                .withMessageContaining("split \"hybrid\"");
    }

    @Test
    void tellsHowToWriteEightyPercent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.of("hybrid", 80))
                .withMessage("split \"hybrid\": percentage must be in [0, 1], was 80.0; write it as a share: 0.8");
    }

    @Test
    void refusesMalformedSplitsAndKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bucketing.bucket("", "a", 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Bucketing.bucket("half\ud83c", "a", 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucketing.bucket("s", "a", 0))
                .withMessage("totalWeight must be at least 1, was 0");
        assertThatNullPointerException().isThrownBy(() -> Bucketing.bucket("s", null, 10));
        assertThatNullPointerException().isThrownBy(() -> Split.of("s", 0.5).arm(null));
    }
}
