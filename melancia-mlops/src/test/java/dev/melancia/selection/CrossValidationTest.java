package dev.melancia.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.cost.Cost;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

    private static final int SIMULATIONS = 300;

    private static List<Question> questions(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?"))
                .toList();
    }

    private static Candidate candidate(String name, IntToDoubleFunction value) {
        return Candidate.of(
                name, true, question -> OptionalDouble.of(value.applyAsDouble(ScriptedRun.number(question))));
    }

    private static Candidate candidate(String name, double... values) {
        return candidate(name, i -> values[i]);
    }

    /** With one question held out, the other candidate is better on the rest: worked out by hand. */
    @Test
    void leavingOneOutShowsAChoiceThatIsNoneAtAll() {
        Fit best = Fit.best(List.of(candidate("a", 1, 1, 0, 0), candidate("b", 0, 0, 1, 1)));

        CrossValidated result = CrossValidation.of(4, 3, 42).run(questions(4), best);

        assertThat(result.apparent()).hasValue(.5);
        assertThat(result.outOfFold()).hasValue(0);
        assertThat(result.optimism()).hasValue(.5);
        assertThat(result.choices()).containsEntry("a", 6).containsEntry("b", 6);
        assertThat(result.byRepeat()).containsExactly(0, 0, 0);
        assertThat(result).hasToString("a: 0.000 on folds that did not choose it, 0.500 apparent, optimism 0.500");
    }

    /** Ten candidates without any difference, truth .5: the best of them looks better by 1.54 standard errors, .070. */
    @Test
    void theApparentValueIsBiasedUpAndTheOutOfFoldValueIsNot() {
        SplittableRandom random = new SplittableRandom(20_261_122);
        double apparent = 0;
        double outOfFold = 0;
        double squares = 0;
        int covered = 0;
        for (int round = 0; round < SIMULATIONS; round++) {
            CrossValidated result = chosenAmongEqual(random, round);
            double value = result.outOfFold().orElseThrow();
            apparent += result.apparent().orElseThrow() / SIMULATIONS;
            outOfFold += value / SIMULATIONS;
            squares += (value - .5) * (value - .5) / SIMULATIONS;
            covered += result.interval().orElseThrow().contains(.5) ? 1 : 0;
        }

        double standardError = Math.sqrt(squares / SIMULATIONS);
        assertThat(apparent - .5).isCloseTo(.070, within(.01));
        assertThat(outOfFold).isCloseTo(.5, within(4 * standardError));
        assertThat(standardError).isLessThan(.005);
        // 300 of them: four standard errors below .95. The interval that is not widened holds it in .83.
        assertThat(covered / (double) SIMULATIONS).isGreaterThan(.90);
    }

    private static CrossValidated chosenAmongEqual(SplittableRandom random, int round) {
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < 10; candidate++) {
            double[] values = random.doubles(40).toArray();
            candidates.add(candidate("c" + candidate, values));
        }
        return CrossValidation.of(5, 1, round).run(questions(40), Fit.best(candidates));
    }

    @Test
    void aCandidateThatIsBetterIsChosenEverywhereAndLosesNothing() {
        Fit best = Fit.best(List.of(candidate("worse", i -> .2), candidate("better", i -> .2 + i * .01)));

        CrossValidated result = CrossValidation.of(5, 4, 1).run(questions(40), best);

        assertThat(result.choice()).isEqualTo("better");
        assertThat(result.choices()).containsExactly(Map.entry("better", 20));
        assertThat(result.optimism().orElseThrow()).isCloseTo(0, within(1e-12));
        assertThat(result.n()).isEqualTo(40);
    }

    @Test
    void lessIsBetterWhereTheMetricSaysSo() {
        BenchmarkReport report = ScriptedRun.of(30)
                .subject("slow", question -> .5, 2_000_000_000L, Cost.zero())
                .subject("fast", question -> .5, 1_000_000_000L, Cost.zero())
                .report();

        Fit fastest = Fit.best(Candidate.all(report, "latency"));
        CrossValidated result = CrossValidation.of(5, 1, 1).run(report.dataset().questions(), fastest);

        assertThat(result.choice()).isEqualTo("fast");
        assertThat(result.apparent()).hasValue(1);
        assertThatThrownBy(() -> Candidate.all(report, "output tokens"))
                .hasMessage("cannot choose by \"output tokens\": neither end of it is better");
        assertThatThrownBy(() -> Fit.best(List.of(
                        Candidate.of(report.subject("fast"), "latency"),
                        Candidate.of(report.subject("fast"), ScriptedRun.QUALITY))))
                .hasMessage("candidates must have the same better end; \"fast\" and \"fast\" have not");
    }

    @Test
    void noFoldSeesAQuestionOrItsGroupWhileItChooses() {
        List<Question> questions = IntStream.range(0, 30)
                .mapToObj(i ->
                        Question.builder("q" + i, "Qual?").group("g" + i / 3).build())
                .toList();
        Fit spy = training -> {
            Set<String> seen = new HashSet<>();
            training.forEach(question -> seen.add(question.group()));
            return new Constant(seen.size() == 10 ? Set.of() : seen);
        };

        CrossValidated result = CrossValidation.of(5, 2, 3).run(questions, spy);

        assertThat(result.n()).isEqualTo(30);
        assertThat(result.clusters()).isEqualTo(10);
    }

    /** Complains when it is asked for a question that was trained on. */
    private record Constant(Set<String> trained) implements Fitted {

        @Override
        public String choice() {
            return "constant";
        }

        @Override
        public OptionalDouble value(Question question) {
            assertThat(trained).doesNotContain(question.group());
            return OptionalDouble.of(.5);
        }
    }

    @Test
    void aThresholdIsFoundBetweenTheFeaturesItWasFittedOn() {
        // The local model is right on the questions before the twelfth only, the paid one on all others.
        Candidate local = candidate("local", i -> i < 12 ? 1 : 0);
        Candidate paid = candidate("paid", i -> i < 12 ? .5 : 1);
        Fit threshold = Fit.threshold(ScriptedRun::number, local, paid);

        Fitted fitted = threshold.on(questions(20));
        assertThat(fitted.choice()).isEqualTo("local below 11.5, else paid");
        assertThat(fitted.value(questions(20).get(3))).hasValue(1);

        CrossValidated result = CrossValidation.of(20, 1, 5).run(questions(20), threshold);
        assertThat(result.apparent()).hasValue(1);
        // Without question 11 the threshold lies at (10 + 12) / 2 = 11: it goes to the paid model. Without 12, at 12:
        // right.
        assertThat(result.outOfFold().orElseThrow()).isCloseTo(19.5 / 20, within(1e-12));
    }

    @Test
    void aThresholdThatHelpsNobodyIsNotTaken() {
        Candidate good = candidate("good", i -> 1);
        Candidate bad = candidate("bad", i -> 0);

        assertThat(Fit.threshold(ScriptedRun::number, bad, good)
                        .on(questions(9))
                        .choice())
                .isEqualTo("always good");
        assertThat(Fit.threshold(ScriptedRun::number, good, bad)
                        .on(questions(9))
                        .choice())
                .isEqualTo("always good");
    }

    @Test
    void equalFeaturesAreNotParted() {
        // Feature 0 for all: parting after the first question would look best, and cannot be done.
        Fitted fitted = Fit.threshold(question -> 0, candidate("below", 1, 0, 0), candidate("other", 0, .6, .6))
                .on(questions(3));

        assertThat(fitted.choice()).isEqualTo("always other");
    }

    /** The threshold learns single questions by heart; a comparison inside the training questions sees through that. */
    @Test
    void nestingChoosesByWhatAFitIsWorthOnOthers() {
        SplittableRandom random = new SplittableRandom(5);
        List<Double> noise = random.doubles(60).boxed().toList();
        List<Double> other = random.doubles(60).boxed().toList();
        Fit plain = Fit.best(List.of(candidate("steady", i -> .52)));
        Fit overfitted = training -> new Memory(training, noise, other);

        Fit nested = Fit.bestOf(List.of(overfitted, plain), 5, 9);
        CrossValidated result = CrossValidation.of(5, 1, 2).run(questions(60), nested);

        assertThat(result.choice()).isEqualTo("steady");
        assertThat(overfitted.on(questions(60)).value(questions(60).get(0)).orElseThrow())
                .isEqualTo(Math.max(noise.get(0), other.get(0)));
    }

    /** Takes the better of two for every question it has seen, the worse for others. */
    private record Memory(List<Question> training, List<Double> first, List<Double> second) implements Fitted {

        @Override
        public String choice() {
            return "memory";
        }

        @Override
        public OptionalDouble value(Question question) {
            int i = ScriptedRun.number(question);
            return OptionalDouble.of(
                    training.stream().anyMatch(seen -> seen.id().equals(question.id()))
                            ? Math.max(first.get(i), second.get(i))
                            : Math.min(first.get(i), second.get(i)));
        }
    }

    @Test
    void aMixGetsTheMeanOfItsParts() {
        Candidate mix = candidate("paid", 1, .5).mixedWith(candidate("local", 0, .5), .8);

        assertThat(mix.value(questions(1).get(0)).orElseThrow()).isCloseTo(.2, within(1e-12));
        assertThat(mix.name()).isEqualTo("0.8 local, else paid");
        assertThatThrownBy(() -> candidate("a", 1).mixedWith(candidate("b", 1), 80))
                .hasMessage("share must be in [0, 1], was 80.0");
    }

    @Test
    void questionsWithoutAValueAreLeftOutAndCounted() {
        Candidate failing = Candidate.of(
                "failing",
                true,
                question -> ScriptedRun.number(question) < 10 ? OptionalDouble.empty() : OptionalDouble.of(.9));
        Candidate other = candidate("other", i -> .1);

        CrossValidated result = CrossValidation.of(4, 1, 1).run(questions(40), Fit.best(List.of(failing, other)));

        assertThat(result.n()).isEqualTo(30);
    }

    @Test
    void saysWhatCannotBeDone() {
        assertThatThrownBy(() -> CrossValidation.of(1, 1, 1)).hasMessage("folds must be at least 2, was 1");
        assertThatThrownBy(() -> CrossValidation.of(5, 0, 1)).hasMessage("repeats must be in [1, 1000], was 0");
        assertThatThrownBy(() -> Fit.best(List.of())).hasMessage("there must be at least one candidate, was none");
        assertThatThrownBy(() -> Fit.best(List.of(Candidate.of("a", true, question -> OptionalDouble.empty())))
                        .on(questions(2)))
                .hasMessage("no candidate has a value on any of the 2 training questions");
    }
}
