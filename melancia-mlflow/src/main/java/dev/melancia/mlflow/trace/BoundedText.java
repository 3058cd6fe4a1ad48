package dev.melancia.mlflow.trace;

import dev.melancia.mlflow.event.MendedText;

/**
 * Cuts long texts and mends broken ones: U+0000 and lone surrogates, which MLflow's databases refuse, become U+FFFD. Of a
 * text that is cut the beginning stays, and its end tells the original length. Immutable.
 *
 * @param characters how many characters (UTF-16 units) of a text stay, at least 1
 */
record BoundedText(int characters) {

    String of(String text) {
        if (text.length() <= characters) {
            return MendedText.of(text);
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return MendedText.of(text.substring(0, end)) + "… [cut: the first " + end + " of " + text.length()
                + " characters]";
    }

    /** Half as much of each text. */
    BoundedText tighter() {
        return new BoundedText(characters / 2);
    }
}
