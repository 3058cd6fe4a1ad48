package dev.melancia.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a table of rarity in which every stem and trigram counts the same. */
class FeaturesTest {

    private final Rarity equal = new Rarity(1, Rarity.levels(Map.of(), 16));
    private final Features features = new Features(
            equal, equal, new Synonyms(List.of("# carro moto", "carro veículo automóvel", "casa moradia")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    carro azul        | carro verde                    | .5     | .5
                    carro azul        | carro verde grande             | .5     | .33333
                    carro             | veículo                        | .9     | .9
                    carro             | moto                           | 0      | 0
                    carro             | moradia                        | 0      | 0
                    encontro          | encontrado                     | 1      | 1
                    trabalho          | trabalheira                    | 1      | 1
                    computador        | compota                        | .53333 | .53333
                    gato              | rato                           | 0      | 0
                    1234              | 1235                           | 0      | 0
                    dia Maria         | dia Joana                      | .625   | .625
                    """)
    void meaningIsTheShareOfRarityThatTheOtherTextCovers(String a, String b, double better, double worse) {
        Map<Feature, Double> measured = features.of(new Reading(a), new Reading(b));

        assertThat(measured.get(Feature.MEANING_BETTER)).isCloseTo(better, within(1e-4));
        assertThat(measured.get(Feature.MEANING_WORSE)).isCloseTo(worse, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    são 30 dias       | trinta dias      | 1      | 0 | 0
                    são 30 ou 40 dias | 30 dias          | .66667 | 0 | 0
                    são 30 dias       | são 40 dias      | 0      | 1 | 0
                    são 30 dias       | alguns dias      | 0      | 0 | 1
                    uns dias          | alguns dias      | 0      | 0 | 0
                    """)
    void numbersAreTheSameOrOthersOrOnOneSideOnly(String a, String b, double same, double other, double one) {
        Map<Feature, Double> measured = features.of(new Reading(a), new Reading(b));

        assertThat(measured.get(Feature.SAME_NUMBERS)).isCloseTo(same, within(1e-4));
        assertThat(measured.get(Feature.OTHER_NUMBERS)).isEqualTo(other);
        assertThat(measured.get(Feature.ONE_HAS_NUMBERS)).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({"não pode,pode,1", "sem taxa,nunca paga,0", "pode,deve,0"})
    void negationCountsWhereOnlyOneTextHasIt(String a, String b, double negated) {
        assertThat(features.of(new Reading(a), new Reading(b)).get(Feature.ONE_NEGATED))
                .isEqualTo(negated);
    }

    @Test
    void orderIsTheLongestCommonSubsequence() {
        Map<Feature, Double> measured =
                features.of(new Reading("gato come peixe hoje"), new Reading("peixe come gato grande bonito hoje"));

        assertThat(measured.get(Feature.ORDER_SHORTER)).isEqualTo(2 / 4.0);
        assertThat(measured.get(Feature.ORDER_LONGER)).isEqualTo(2 / 6.0);
    }

    @Test
    void spellingIsDiceOfTrigrams() {
        // " gato " has 4 trigrams, " rato " has 4, "ato" and "to " are common
        assertThat(features.of(new Reading("gato"), new Reading("rato")).get(Feature.SPELLING))
                .isEqualTo(.5);
    }

    @Test
    void whatManySentencesHoldSaysLess() {
        Rarity rarity = new Rarity(1_000, Rarity.levels(Map.of("ano", 400, "melancia", 2), 1 << 10));

        assertThat(rarity.of("melancia")).isCloseTo(Math.log(1_001 / 2.5), within(.05));
        assertThat(rarity.of("ano")).isCloseTo(Math.log(1_001 / 400.5), within(.05));
        assertThat(rarity.of("unseen")).isEqualTo(Math.log(1_001 / .5));
        assertThat(new Rarity(100, Rarity.levels(Map.of("x", 100), 16)).of("x")).isPositive();
    }

    @Test
    void modelSurvivesItsFiles() {
        Model model = ModelFiles.model();

        assertThat(model.weights()).containsOnlyKeys(Feature.values());
        assertThat(model.weights())
                .allSatisfy((feature, weight) -> assertThat(weight * (feature.raises() ? 1 : -1))
                        .as("sign of %s", feature)
                        .isPositive());
        assertThat(model.similarity(Map.of())).isZero();
    }
}
