package dev.melancia.judge;

/**
 * What the judge said of one pair of answers, shown in both orders. Immutable.
 *
 * @param question the question's id
 * @param group the question's group
 * @param longerBy characters by which the first subject's answer is longer, negative when shorter
 * @param straight which position won when the first subject's answer was shown first
 * @param reversed which position won when the second subject's answer was shown first
 * @since 0.1.0
 */
public record JudgedPair(String question, String group, int longerBy, Position straight, Position reversed) {

    /** Which of the two answers shown the judge preferred. */
    public enum Position {
        /** The one shown first. */
        FIRST_SHOWN,
        /** The one shown second. */
        SECOND_SHOWN,
        /** Neither. */
        TIE,
        /** The judge gave no verdict. */
        NONE
    }

    /** Who won. */
    public enum Winner {
        /** The first subject, in both orders. */
        FIRST,
        /** The second subject, in both orders. */
        SECOND,
        /** Neither, or not the same one in both orders. */
        TIE,
        /** A verdict is missing; the pair is excluded. */
        EXCLUDED
    }

    /** Who won over both orders. */
    public Winner winner() {
        if (straight == Position.NONE || reversed == Position.NONE) {
            return Winner.EXCLUDED;
        }
        if (straight == Position.FIRST_SHOWN && reversed == Position.SECOND_SHOWN) {
            return Winner.FIRST;
        }
        boolean second = straight == Position.SECOND_SHOWN && reversed == Position.FIRST_SHOWN;
        return second ? Winner.SECOND : Winner.TIE;
    }

    /** Whether both orders gave the same winner, or both a tie. */
    public boolean isConsistent() {
        return winner() == Winner.FIRST
                || winner() == Winner.SECOND
                || (straight == Position.TIE && reversed == Position.TIE);
    }
}
