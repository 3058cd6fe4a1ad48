package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.OptionalDouble;

/**
 * What a {@link Fit} chose.
 *
 * @since 0.1.0
 */
public interface Fitted {

    /** The choice in words, such as the name of a candidate; equal choices have equal words. */
    String choice();

    /** What the choice gets on a question; empty where there is no value. */
    OptionalDouble value(Question question);
}
