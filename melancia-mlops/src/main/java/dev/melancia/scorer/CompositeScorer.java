package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One number from several scorers with stated weights, each brought to 0 to 1 with 1 the good end.
 *
 * <p>Rules. Refusing comes first: a question without an answer scores 1 when it is refused and 0 when it is answered, and
 * refusing a question that has an answer scores 0, unless the composite does not apply to it: see below. Else, with R the weighted mean
 * of the required parts (1 without any), W their weights' sum, and s and w the values and weights of the optional parts:
 *
 * <pre>{@code composite = R * (W + sum of w * s) / (W + sum of w)}</pre>
 *
 * So an optional part can take away its share, and gives nothing to an answer that fails what is required; with
 * parts of one kind only it is their weighted mean. Where an optional part is not applicable it is left out of both sums;
 * where a required one is not applicable, so is the composite; where one failed, so did the composite. A refused question
 * that has an answer but no reference is put to the parts, too: refusing it is not applicable, and not 0, where a required
 * part (without required parts, every part) is not applicable for another reason than the refusal. Compare subjects only
 * where the same parts applied, and report the parts, too. Immutable.
 *
 * @since 0.1.0
 */
public final class CompositeScorer implements Scorer {

    /**
     * One scorer of a composite.
     *
     * @param scorer the scorer
     * @param weight its share before the weights are divided by their sum, above 0
     * @param required whether the composite is not applicable where the scorer is not
     */
    public record Part(Scorer scorer, double weight, boolean required) {

        public Part {
            requireNonNull(scorer, "scorer");
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "weight of " + scorer.name() + " must be finite and above 0, was " + weight);
            }
        }

        /** Whether it has something to say about the question, were it not refused. */
        private boolean appliesTo(Question question, Answer refusal) {
            Score score = scorer.score(question, refusal);
            return !(score instanceof Score.NotApplicable) || score.equals(Groundedness.OF_A_REFUSAL);
        }
    }

    private final String name;
    private final List<Part> parts;
    private final String agreement;

    private CompositeScorer(Builder builder) {
        name = builder.name;
        parts = List.copyOf(builder.parts);
        agreement = builder.agreement;
    }

    static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    /** The parts in the order given. */
    public List<Part> parts() {
        return parts;
    }

    @Override
    public String measures() {
        double sum = parts.stream().mapToDouble(Part::weight).sum();
        return parts.stream()
                .map(part -> String.format(
                        Locale.ROOT,
                        "%.0f %% %s",
                        100 * part.weight() / sum,
                        part.scorer().name()))
                .collect(Collectors.joining(
                        " + ", "", "; refusing counts 1 where there is no answer, and 0 where there is one"));
    }

    @Override
    public String blindTo() {
        return "what all of its parts are blind to; where an optional part does not apply it means less, so compare its n";
    }

    @Override
    public String agreement() {
        return agreement;
    }

    /** Whether one of its parts is. */
    @Override
    public boolean isCostly() {
        return parts.stream().anyMatch(part -> part.scorer().isCostly());
    }

    @Override
    public String fingerprint() {
        return parts.stream()
                .map(part -> {
                    String of = part.scorer().fingerprint();
                    return part.weight() + (part.required() ? " required " : " optional ") + of.length() + ":" + of;
                })
                .collect(Collectors.joining("\n", "composite " + name.length() + ":" + name + "\n", ""));
    }

    @Override
    public Score score(Question question, Answer answer) {
        if (!question.isAnswerable()) {
            return Score.of(Refusal.is(answer.text()) ? 1 : 0);
        }
        return References.refuses(question, answer) ? refused(question, answer) : weighted(question, answer);
    }

    /** 0, but only where other answers would have a value. */
    private Score refused(Question question, Answer answer) {
        boolean applies = !question.references().isEmpty()
                || (parts.stream().anyMatch(Part::required)
                        ? parts.stream().filter(Part::required).allMatch(part -> part.appliesTo(question, answer))
                        : parts.stream().anyMatch(part -> part.appliesTo(question, answer)));
        return applies ? Score.of(0) : Score.notApplicable(name + " does not apply to the question");
    }

    private Score weighted(Question question, Answer answer) {
        Sum required = new Sum();
        Sum optional = new Sum();
        for (Part part : parts) {
            Score score = part.scorer().score(question, answer);
            if (score.value().isPresent()) {
                double unit = unit(part.scorer().scale(), score.value().getAsDouble());
                (part.required() ? required : optional).add(part.weight(), unit);
            } else if (score instanceof Score.Failed || part.required()) {
                return score;
            }
        }
        double weights = required.weights + optional.weights;
        return weights == 0
                ? Score.notApplicable("no part of " + name + " applies")
                : Score.of(required.mean() * (required.weights + optional.values) / weights);
    }

    /** Confined to one call. */
    private static final class Sum {

        private double values;
        private double weights;

        void add(double weight, double value) {
            values += weight * value;
            weights += weight;
        }

        double mean() {
            return weights == 0 ? 1 : values / weights;
        }
    }

    private static double unit(ScoreScale scale, double value) {
        double share = (value - scale.low()) / (scale.high() - scale.low());
        return Math.min(1, Math.max(0, scale.higherIsBetter() ? share : 1 - share));
    }

    /** Builds a {@link CompositeScorer}. Confined to one thread. */
    public static final class Builder {

        private final String name;
        private final List<Part> parts = new ArrayList<>();
        private String agreement = "not measured";

        private Builder(String name) {
            if (requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
            this.name = name;
        }

        /** A part without which the composite is not applicable; weight above 0. */
        public Builder required(Scorer scorer, double weight) {
            return part(new Part(scorer, weight, true));
        }

        /** A part that is left out where it is not applicable; weight above 0. */
        public Builder optional(Scorer scorer, double weight) {
            return part(new Part(scorer, weight, false));
        }

        /** How well it agrees with people, on which data; default {@code not measured}. */
        public Builder agreement(String agreement) {
            this.agreement = requireNonNull(agreement, "agreement");
            return this;
        }

        private Builder part(Part part) {
            if (parts.stream()
                    .anyMatch(
                            known -> known.scorer().name().equals(part.scorer().name()))) {
                throw new IllegalArgumentException("parts of a composite must differ, repeated was \""
                        + part.scorer().name() + "\"");
            }
            parts.add(part);
            return this;
        }

        /**
         * The scorer.
         *
         * @throws IllegalStateException without a part
         */
        public CompositeScorer build() {
            if (parts.isEmpty()) {
                throw new IllegalStateException("composite \"" + name + "\" needs at least one part");
            }
            return new CompositeScorer(this);
        }
    }
}
