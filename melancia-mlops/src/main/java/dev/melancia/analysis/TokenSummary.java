package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.TokenCounts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Tokens of one side (input or output) over the answered calls of a subject. Immutable.
 *
 * @param known calls whose count was reported
 * @param calls answered calls
 * @param sumOfKnown tokens of the calls that are known; not the total while some are not
 * @since 0.1.0
 */
public record TokenSummary(int known, int calls, long sumOfKnown) {

    public TokenSummary {
        if (known < 0 || known > calls || sumOfKnown < 0) {
            throw new IllegalArgumentException("known must be in [0, calls] and the sum at least 0, were " + known
                    + ", " + calls + " and " + sumOfKnown);
        }
    }

    static TokenSummary of(List<Outcome> outcomes, Function<TokenCounts, OptionalInt> side) {
        List<OptionalInt> counts = outcomes.stream()
                .flatMap(outcome -> outcome.reply().stream())
                .map(answer -> side.apply(answer.tokens()))
                .toList();
        long[] known =
                counts.stream().flatMapToInt(OptionalInt::stream).asLongStream().toArray();
        long sum = 0;
        for (long count : known) {
            sum = Math.addExact(sum, count);
        }
        return new TokenSummary(known.length, counts.size(), sum);
    }

    /** Tokens of all answered calls; empty while one is unknown. */
    public OptionalLong total() {
        return known == calls && calls > 0 ? OptionalLong.of(sumOfKnown) : OptionalLong.empty();
    }

    /** Mean tokens a call over the known ones; empty when none is known. */
    public OptionalDouble meanOfKnown() {
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sumOfKnown / known);
    }
}
