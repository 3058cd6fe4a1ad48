package dev.melancia.similarity;

/** What is measured of two texts, in [0, 1], and whether more of it can only raise the similarity or only lower it. */
enum Feature {
    /** Share of the rarity of a text's stems that the other has, too, or has a synonym or a relative of: the better text. */
    MEANING_BETTER(true),
    /** The same of the other text. */
    MEANING_WORSE(true),
    /** Dice coefficient of character trigrams, each with its rarity. */
    SPELLING(true),
    /** Longest common subsequence of stems, as a share of the longer text. */
    ORDER_LONGER(true),
    /** The same as a share of the shorter text. */
    ORDER_SHORTER(true),
    /** Dice coefficient of the numbers; 0 when a text has none. */
    SAME_NUMBERS(true),
    /** 1 when both have numbers and share none. */
    OTHER_NUMBERS(false),
    /** 1 when only one text has numbers. */
    ONE_HAS_NUMBERS(false),
    /** 1 when only one text has a negation. */
    ONE_NEGATED(false);

    private final boolean raises;

    Feature(boolean raises) {
        this.raises = raises;
    }

    boolean raises() {
        return raises;
    }
}
