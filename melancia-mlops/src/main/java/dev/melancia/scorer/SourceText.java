package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import dev.melancia.text.ProperNames;
import dev.melancia.text.Sentences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Source texts that a sentence may rest on.
 *
 * <p>For the maintainer. Support is looked for in one window, a sentence of a source or two that follow each other: words that
 * lie further apart are in any long source. It is the weight of the sentence's terms that the window has; words of the
 * question weigh little, since an answer may restate the question in its own words. Numbers and names have to stand in
 * some source or in the question, whatever the rest; and the window must neither negate what the sentence affirms nor say
 * an opposite. Half of the weight is no support yet, for a topic shares that much.
 */
final class SourceText {

    private static final double QUESTION_WEIGHT = .25;
    private static final double NUMBER_WEIGHT = 2;
    private static final double NONE = .5;
    private static final double FULL = .8;

    private final Terms all;
    private final List<Terms> windows;
    private final Terms question;
    /** First letters of the words that carry meaning, where an acronym may be spelt out. */
    private final String initials;

    private SourceText(Terms all, List<Terms> windows, Terms question, String initials) {
        this.all = all;
        this.windows = windows;
        this.question = question;
        this.initials = initials;
    }

    static SourceText of(List<String> texts, Terms question) {
        List<Terms> windows = new ArrayList<>();
        for (String text : texts) {
            List<String> sentences = Sentences.of(text);
            sentences.forEach(sentence -> windows.add(Terms.of(sentence)));
            for (int i = 1; i < sentences.size(); i++) {
                windows.add(Terms.of(sentences.get(i - 1) + " " + sentences.get(i)));
            }
        }
        List<String> words = PortugueseWords.of(String.join("\n", texts));
        String initials = words.stream()
                .filter(word -> !PortugueseWords.isFunctionWord(word))
                .map(word -> word.substring(0, 1))
                .collect(Collectors.joining());
        return new SourceText(Terms.of(words), windows, question, initials);
    }

    SentenceSupport support(Claims.Claim claim) {
        Terms sentence = Terms.of(claim.words());
        Optional<String> unknown = unknown(sentence, claim.text());
        if (unknown.isPresent()) {
            return new SentenceSupport(claim.text(), 0, unknown.get());
        }
        Terms window = Collections.max(windows, Comparator.comparingDouble(at -> coverage(sentence, at)));
        double covered = coverage(sentence, window);
        if (covered > NONE && contradicts(sentence, window)) {
            return new SentenceSupport(claim.text(), 0, "the nearest sentence of the sources says the opposite");
        }
        double support = Math.min(1, Math.max(0, (covered - NONE) / (FULL - NONE)));
        return new SentenceSupport(
                claim.text(), support, support == 1 ? "" : "words that the nearest sentences of the sources lack");
    }

    /** Names the first number or name that neither sources nor question have. */
    private Optional<String> unknown(Terms sentence, String text) {
        Optional<String> number = sentence.stream()
                .filter(term -> term.isNumber() && !isKnown(term))
                .findFirst()
                .map(term -> "the number " + term.word() + " is in no source");
        return number.isPresent()
                ? number
                : ProperNames.of(text).stream()
                        .filter(name -> !isKnown(Term.of(name)) && !isSpeltOut(name, text))
                        .findFirst()
                        .map(name -> "the name " + name + " is in no source");
    }

    private boolean isSpeltOut(String name, String text) {
        return name.length() > 1 && text.contains(name.toUpperCase(Locale.ROOT)) && initials.contains(name);
    }

    private boolean isKnown(Term term) {
        return all.has(term) || question.has(term);
    }

    private double coverage(Terms sentence, Terms window) {
        double weight = sentence.sum(this::weight);
        return weight == 0 ? 0 : sentence.sum(term -> weight(term) * window.match(term)) / weight;
    }

    private double weight(Term term) {
        double kind = term.isLight() || term.isNegation() ? 0 : term.isNumber() ? NUMBER_WEIGHT : 1;
        return question.has(term) ? QUESTION_WEIGHT * kind : kind;
    }

    private static boolean contradicts(Terms sentence, Terms window) {
        return Contradictions.turned(sentence, window) > .5 || Contradictions.opposite(sentence, window, window);
    }
}
