package dev.melancia.tracking;

/**
 * What the traces of a benchmark's answers hold. In both cases they have ids and labels of questions, names of subjects,
 * scorers and models, times, tokens, costs and scores.
 *
 * @since 0.1.0
 */
public enum TraceContent {
    /**
     * Also the texts: questions with their context, references and expected sources, answers, names and texts of the
     * sources that were retrieved, messages of errors, and why a scorer failed.
     */
    TEXTS,
    /** Of texts the lengths, of sources the numbers, of errors the class. */
    FIGURES
}
