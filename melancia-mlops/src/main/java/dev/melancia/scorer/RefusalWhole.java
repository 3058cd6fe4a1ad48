package dev.melancia.scorer;

import dev.melancia.scorer.RefusalRules.Kind;
import dev.melancia.scorer.RefusalText.Clause;
import dev.melancia.scorer.RefusalText.Sentence;
import java.util.List;
import java.util.regex.Pattern;

/** What only a text as a whole shows of a refusal: it asks back, strays to what its sources hold, or gives a reason. */
final class RefusalWhole {

    private static final Pattern BARE_NOTHING = Pattern.compile("^(?:nao|nada|not|no|nothing)$");
    private static final Pattern READER = Pattern.compile(
            "\\b(?:voce|vc|tu|seu|sua|teu|tua|o senhor|a senhora|me|you|your|we|prefere|deseja|posso|can i)\\b");
    private static final Pattern SOURCE = Pattern.compile(
            "\\b(?:trechos?|excertos?|passage[nm]s?|paginas?|anexos?|contexto|relatorio|manual|edital|links?|scan|pages?|excerpts?|passages?"
                    + "|context|attachments?|report|copia|copy|conteudo)\\b");
    private static final Pattern BECAUSE =
            Pattern.compile("^(?:because|since|pois|porque|porquanto|ja que|uma vez que|visto que)\\b");
    private static final RefusalRules RULES = RefusalRules.SHIPPED;

    private RefusalWhole() {}

    /** Whether a text does nothing but ask the reader for more. */
    static boolean onlyAsks(List<Sentence> sentences) {
        boolean reader = false;
        for (Sentence sentence : sentences) {
            for (Clause clause : sentence.clauses()) {
                reader |= sentence.asks() && READER.matcher(clause.words()).find();
                if (!sentence.asks() && !RULES.has(Kind.COURTESIES, clause.words())) {
                    return false;
                }
            }
        }
        return reader;
    }

    /** Whether a text says what was asked, and then only what its sources are about; or ends a list of that with "no". */
    static boolean strays(List<Sentence> sentences) {
        boolean restates = false;
        boolean about = false;
        boolean denies = false;
        for (Sentence sentence : sentences) {
            for (Clause clause : sentence.clauses()) {
                String words = clause.words();
                denies = about && BARE_NOTHING.matcher(words).matches();
                boolean asked = RULES.has(Kind.RESTATES, words);
                restates |= asked;
                about |= !asked && RULES.has(Kind.ABOUT, words);
            }
        }
        return denies || (restates && about);
    }

    /** Whether a sentence only says what a source holds, which a refusal after it takes back. */
    static boolean onlyOfSources(Sentence sentence) {
        List<Clause> clauses = sentence.clauses();
        return RULES.has(Kind.SOURCES, clauses.get(0).words())
                && clauses.stream()
                        .noneMatch(clause -> clause.turns()
                                || Refusal.NUMBER.matcher(clause.words()).find()
                                || RULES.has(Kind.REPORTS, clause.words()));
    }

    static boolean isOfSources(String words) {
        return RULES.has(Kind.SOURCES, words)
                || (RULES.has(Kind.ABOUT, words) && SOURCE.matcher(words).find());
    }

    /** Whether a reason explains why something is not so, rather than why it is not answered. */
    static boolean isReasonOfMatter(String before, String reason) {
        String both = before + ' ' + reason;
        return BECAUSE.matcher(reason).find()
                && !Refusal.SPEAKER.matcher(both).find()
                && !Refusal.ANSWERING.matcher(reason).find()
                && !SOURCE.matcher(reason).find()
                && RULES.start(Kind.REFUSES, reason) < 0
                && !RULES.has(Kind.LIMITS, reason);
    }
}
