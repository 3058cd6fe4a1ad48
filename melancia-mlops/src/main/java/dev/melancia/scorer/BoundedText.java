package dev.melancia.scorer;

import java.util.regex.Pattern;

/**
 * A text that lets a regular expression read only so many characters, so that no pattern runs for long: the bound is in
 * steps, not in time, so that a score does not depend on the machine. Confined to one match.
 */
final class BoundedText implements CharSequence {

    /** About a tenth of a second. */
    static final long STEPS = 10_000_000;

    static final String TOO_MANY_STEPS = "the pattern took more than " + STEPS + " steps; make it less ambiguous";

    /** The bound was reached. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super(TOO_MANY_STEPS, null, false, false);
        }
    }

    private final CharSequence text;
    private final long[] left;

    private BoundedText(CharSequence text, long[] left) {
        this.text = text;
        this.left = left;
    }

    /**
     * Whether the pattern is found anywhere.
     *
     * @throws TooManySteps when it backtracks for too long, or too deep for the stack
     */
    static boolean finds(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text, new long[] {STEPS})).find();
        } catch (StackOverflowError e) {
            throw new TooManySteps();
        }
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new TooManySteps();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
