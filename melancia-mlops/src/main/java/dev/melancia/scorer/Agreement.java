package dev.melancia.scorer;

/** How agreement with labels is put into words. */
final class Agreement {

    private Agreement() {}

    /** From the AUC and its interval, such as {@code 0.848 [0.820, 0.877]}. */
    static String onFaquadAnswers(String auc) {
        return "AUC " + auc
                + " for telling 189 right from 189 wrong answers to 63 FaQuAD questions (95 % bootstrap over"
                + " questions); one AI writer labelled them, people did not";
    }
}
