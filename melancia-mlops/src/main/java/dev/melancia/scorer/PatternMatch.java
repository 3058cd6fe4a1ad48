package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Whether a regular expression is found in the answer. A pattern that takes more than {@value BoundedText#STEPS} steps is a
 * failed score. Immutable.
 *
 * @param pattern found anywhere; anchor it to match the whole
 */
record PatternMatch(Pattern pattern) implements Scorer {

    PatternMatch {
        requireNonNull(pattern, "pattern");
    }

    @Override
    public String name() {
        return "matches " + pattern.pattern();
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when the pattern " + pattern.pattern() + " is found in the answer, else 0";
    }

    @Override
    public String blindTo() {
        return "everything but the form";
    }

    @Override
    public String agreement() {
        return "exact by definition; people do not come in";
    }

    @Override
    public Score score(Question question, Answer answer) {
        try {
            return Score.of(BoundedText.finds(pattern, answer.text()) ? 1 : 0);
        } catch (BoundedText.TooManySteps e) {
            return Score.failed(String.valueOf(e.getMessage()));
        }
    }
}
