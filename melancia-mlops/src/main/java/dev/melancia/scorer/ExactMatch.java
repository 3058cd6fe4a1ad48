package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.List;

/**
 * Whether the answer is one of the references, word by word, after Portuguese normalisation: case, accents, punctuation,
 * articles and prepositions aside, and "três" is "3". Immutable.
 */
final class ExactMatch implements Scorer {

    @Override
    public String name() {
        return "exact match";
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when the answer is a reference word by word, articles, prepositions and accents aside, else 0";
    }

    @Override
    public String blindTo() {
        return "every right answer in other words or in a full sentence: a 0 says little";
    }

    @Override
    public String agreement() {
        return Agreement.onFaquadAnswers("0.672 [0.667, 0.680]");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.best(question, answer, (said, wanted) -> content(said).equals(content(wanted)) ? 1 : 0);
    }

    private static List<String> content(List<String> words) {
        List<String> content = words.stream()
                .filter(word -> !PortugueseWords.isFunctionWord(word))
                .toList();
        return content.isEmpty() ? words : content;
    }
}
