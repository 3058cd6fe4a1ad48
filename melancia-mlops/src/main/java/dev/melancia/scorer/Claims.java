package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import dev.melancia.text.Sentences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sentences of an answer that assert something: without questions, without what repeats the user's question or an
 * earlier sentence, fragments joined to the sentence before. Confined to one thread.
 */
final class Claims {

    /** A sentence with fewer terms is a fragment of the one beside it. */
    private static final int WHOLE = 3;

    /**
     * One assertion.
     *
     * @param text as it stands in the answer
     * @param words without what was said before
     */
    record Claim(String text, List<String> words) {

        Claim and(Claim more) {
            List<String> both = new ArrayList<>(words);
            both.addAll(more.words);
            return new Claim(text + " " + more.text, List.copyOf(both));
        }

        boolean isFragment() {
            return Terms.of(words).stream().filter(term -> !term.isLight()).count() < WHOLE;
        }
    }

    private final List<List<String>> said = new ArrayList<>();
    private final Set<List<String>> distinct = new HashSet<>();
    private final List<Claim> claims = new ArrayList<>();

    private Claims() {}

    static List<Claim> of(Question question, Answer answer) {
        Claims claims = new Claims();
        Sentences.of(question.text()).forEach(sentence -> claims.remember(PortugueseWords.of(sentence)));
        claims.remember(PortugueseWords.of(question.text()));
        Sentences.of(answer.text()).forEach(claims::read);
        return claims.joined();
    }

    private void remember(List<String> words) {
        distinct.add(words);
        if (words.size() >= WHOLE) {
            said.add(words);
        }
    }

    private void read(String sentence) {
        List<String> all = PortugueseWords.of(sentence);
        List<String> words = all;
        for (List<String> earlier : said) {
            words = References.withoutEcho(words, earlier);
        }
        boolean asks = sentence.endsWith("?") && words.size() == all.size();
        boolean asserts = !words.isEmpty() && !asks;
        if (asserts && !distinct.contains(words)) {
            remember(words);
            claims.add(new Claim(sentence, words));
        }
    }

    private List<Claim> joined() {
        List<Claim> joined = new ArrayList<>();
        for (Claim claim : claims) {
            int last = joined.size() - 1;
            if (last >= 0 && (claim.isFragment() || joined.get(last).isFragment())) {
                joined.set(last, joined.get(last).and(claim));
            } else {
                joined.add(claim);
            }
        }
        return List.copyOf(joined);
    }
}
