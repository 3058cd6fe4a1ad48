package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The share of the reference's distinct words that the answer says, after Portuguese normalisation; the best over the
 * references. A longer answer says more words: read it beside token F1, never alone. Immutable.
 */
final class TokenRecall implements Scorer {

    @Override
    public String name() {
        return "token recall";
    }

    @Override
    public String measures() {
        return "Share of the distinct words of the best reference that the answer says";
    }

    @Override
    public String blindTo() {
        return "everything else that the answer says: pasting the whole source scores 1, so read it beside token F1";
    }

    @Override
    public String agreement() {
        return Agreement.onFaquadAnswers("0.889 [0.861, 0.916]");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.best(question, answer, TokenRecall::recall);
    }

    private static double recall(List<String> answer, List<String> reference) {
        Set<String> wanted = PortugueseWords.content(reference);
        Set<String> found = new HashSet<>(PortugueseWords.content(answer));
        found.retainAll(wanted);
        return (double) found.size() / wanted.size();
    }
}
