package dev.melancia.scorer;

import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Whether the answer is as long as it should be. Immutable.
 *
 * @param unit what is counted, in the plural
 * @param least smallest length that passes
 * @param most largest length that passes
 * @param count counts the units of a text
 */
record Length(String unit, int least, int most, ToIntFunction<String> count) implements Scorer {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['\u2019.,-][\\p{L}\\p{N}]+)*");

    Length {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "length must have 0 <= min <= max, was min " + least + " and max " + most);
        }
    }

    static Length words(int least, int most) {
        return new Length(
                "words", least, most, text -> (int) WORD.matcher(text).results().count());
    }

    static Length characters(int least, int most) {
        return new Length("characters", least, most, text -> text.codePointCount(0, text.length()));
    }

    @Override
    public String name() {
        return "length " + least + " to " + most + " " + unit;
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when the answer has " + least + " to " + most + " " + unit + ", else 0";
    }

    @Override
    public String blindTo() {
        return "everything but the length";
    }

    @Override
    public String agreement() {
        return "exact by definition; people do not come in";
    }

    @Override
    public Score score(Question question, Answer answer) {
        int length = count.applyAsInt(answer.text());
        return Score.of(least <= length && length <= most ? 1 : 0);
    }
}
