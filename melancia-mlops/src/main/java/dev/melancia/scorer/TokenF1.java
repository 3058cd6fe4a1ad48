package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Word overlap with the reference: the harmonic mean of precision and recall over distinct words, after
 * Portuguese normalisation (lower case, no accents, no punctuation, no articles,
 * prepositions or their contractions); the best over the references. Not for free-form answers, where a good paraphrase
 * scores low.
 *
 * <p>It is the F1 of SQuAD (Rajpurkar et al. 2016, <a href="https://doi.org/10.18653/v1/D16-1264">doi</a>) with three
 * changes, so that length buys nothing: words count once, so saying it twice earns nothing; a verbatim repetition of the
 * question is removed; a refusal scores 0 even where it shares a "não" with the reference. Immutable.
 */
final class TokenF1 implements Scorer {

    @Override
    public String name() {
        return "token F1";
    }

    @Override
    public String measures() {
        return "Overlap of distinct words with the best reference, 1 when all and only its words are there";
    }

    @Override
    public String blindTo() {
        return "synonyms, inflection, word order and negation; a right paraphrase scores low";
    }

    @Override
    public String agreement() {
        return Agreement.onFaquadAnswers("0.848 [0.820, 0.877]");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.best(question, answer, TokenF1::f1);
    }

    private static double f1(List<String> answer, List<String> reference) {
        Set<String> said = PortugueseWords.content(answer);
        Set<String> wanted = PortugueseWords.content(reference);
        Set<String> common = new HashSet<>(said);
        common.retainAll(wanted);
        return 2.0 * common.size() / (said.size() + wanted.size());
    }
}
