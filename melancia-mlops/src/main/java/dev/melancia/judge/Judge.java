package dev.melancia.judge;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.agreement.Correlation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A model that judges answers. Not a measure of truth: a judge favours long answers and those of its own model, and repeats its own
 * mistakes. Use it where no reference exists, after {@link #agreementOnGrades} or {@link #agreementOnPairs} has shown that it
 * sees what your people see.
 *
 * <p>A verdict is read strictly. A reply without one is asked for again (default twice), then excluded and counted; a judge
 * that answers prose therefore yields no scores, and {@link #usage()} says so. Where a server asks to come back later
 * ({@link dev.melancia.provider.RetryAfter}), the judge waits, at most a minute at a time and five times. Thread-safe when the model is.
 *
 * @since 0.1.0
 */
public final class Judge {

    /** In which language the judge is asked. */
    public enum Language {
        /** As its criteria should be. */
        PORTUGUESE,
        /** As its criteria should be. */
        ENGLISH
    }

    private final JudgeSettings settings;
    private final UsageCount usage;
    private final JudgeCalls calls;

    private Judge(ChatModel model, JudgeSettings settings, @Nullable TokenPrice price) {
        this.settings = settings;
        usage = new UsageCount(price);
        calls = new JudgeCalls(model, settings, usage);
    }

    /** Starts a judge on a model, best one that does not retry and is none of the subjects. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /**
     * A scorer by rubric: {@code (grade - 1) / 4}, 0 to 1. Marked costly, so that a benchmark with a folder keeps its scores; a
     * verdict that never came is a failed score.
     */
    public Scorer rubric(Rubric rubric) {
        return new RubricScorer(requireNonNull(rubric, "rubric"), calls, settings.language());
    }

    /**
     * Compares two subjects' answers, each pair in both orders: two verdicts for each question and repeat that both answered.
     *
     * @param criteria what makes an answer better, in the judge's language
     * @param first one subject's outcomes
     * @param second the other's; matched by question and repeat
     * @throws IllegalArgumentException when no question was answered by both
     * @throws InterruptedException when interrupted; verdicts so far are lost
     */
    public PairwiseComparison compare(String criteria, List<Outcome> first, List<Outcome> second)
            throws InterruptedException {
        return new Pairing(calls, settings, criteria).compare(first, second);
    }

    /**
     * How well its grades agree with people's: quadratically weighted kappa.
     *
     * @param rubric what the people graded by
     * @param labels JSON lines {@code {"question", "answer", "grade": 1 to 5}} and, if there, {@code "reference"} and {@code
     *     "context"}; each line becomes one verdict
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException naming the line that is broken
     * @throws InterruptedException when interrupted
     */
    public JudgeAgreement agreementOnGrades(Rubric rubric, Path labels) throws IOException, InterruptedException {
        return new HumanLabels(calls, settings).grades(rubric, labels);
    }

    /**
     * How well its preferences agree with people's: unweighted kappa of first, second, tie. Each pair is judged in both orders,
     * and what is inconsistent is a tie.
     *
     * @param criteria what the people judged by
     * @param labels JSON lines {@code {"question", "first", "second", "preferred": "first" | "second" | "tie"}}
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException naming the line that is broken
     * @throws InterruptedException when interrupted
     */
    public JudgeAgreement agreementOnPairs(String criteria, Path labels) throws IOException, InterruptedException {
        return new HumanLabels(calls, settings).pairs(criteria, labels);
    }

    /**
     * Whether a scorer likes long answers: Spearman's correlation of its values with the answers' lengths in characters. Long answers may be
     * better; a high value is a reason to look, no proof.
     */
    public static Correlation lengthCorrelation(List<Outcome> outcomes, String scorer) {
        List<Outcome> scored = outcomes.stream()
                .filter(outcome -> outcome.score(scorer).value().isPresent())
                .toList();
        return Correlation.spearman(
                scored.stream()
                        .mapToDouble(
                                outcome -> outcome.reply().orElseThrow().text().length())
                        .toArray(),
                scored.stream()
                        .mapToDouble(outcome -> outcome.score(scorer).value().orElseThrow())
                        .toArray());
    }

    /** What judging has taken so far, over everything this judge did. */
    public JudgeUsage usage() {
        return usage.usage();
    }

    /** Builds a {@link Judge}. Confined to one thread. */
    public static final class Builder {

        private final ChatModel model;
        private JudgeSettings settings = new JudgeSettings(
                Language.PORTUGUESE, 2, 4, true, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
        private @Nullable TokenPrice price;

        private Builder(ChatModel model) {
            this.model = requireNonNull(model, "model");
        }

        /** Default Portuguese. */
        public Builder language(Language language) {
            settings = settings.with(requireNonNull(language, "language"));
            return this;
        }

        /** How often it is asked again after a malformed verdict, at least 0; default 2. */
        public Builder retries(int retries) {
            settings = settings.withRetries(retries);
            return this;
        }

        /** How many verdicts are asked for at once, at least 1; default 4. */
        public Builder concurrency(int concurrency) {
            settings = settings.withConcurrency(concurrency);
            return this;
        }

        /** Leaves the temperature to the model, for models that refuse one; default: temperature 0 is asked for. */
        public Builder withoutTemperature() {
            settings = settings.withTemperatureZero(false);
            return this;
        }

        /** What tokens cost; default unknown, and then so is the judge's cost. */
        public Builder price(TokenPrice price) {
            this.price = requireNonNull(price, "price");
            return this;
        }

        Builder pause(JudgeCalls.Pause pause) {
            settings = settings.with(pause);
            return this;
        }

        /** The judge. */
        public Judge build() {
            return new Judge(model, settings, price);
        }
    }
}
