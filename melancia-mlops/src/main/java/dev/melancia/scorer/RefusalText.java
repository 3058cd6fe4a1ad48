package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A text as the sentences and clauses that {@link RefusalRules} match: plain, with quotations taken out. */
final class RefusalText {

    /** A sentence's clauses in order, and whether it asks. */
    record Sentence(List<Clause> clauses, boolean asks) {}

    /** Words of a clause without what joins it to the others, and whether it was joined with "but". */
    record Clause(String words, boolean turns) {}

    private static final Pattern E_ACUTE = Pattern.compile("(?<!\\p{L})[\u00E9\u00C9](?!\\p{L})");
    private static final Pattern JSON_OBJECT = Pattern.compile("^\\s*\\{.*}\\s*$", Pattern.DOTALL);
    private static final Pattern QUOTATION = Pattern.compile(
            "\"[^\"\\n]{1,600}\"|\u201C[^\u201D]{1,600}\u201D|\u00AB[^\u00BB]{1,600}\u00BB"
                    + "|(?<!\\w)'[^'\\n]{1,300}'(?!\\w)|\u2018[^\u2019\\n]{1,300}\u2019(?!\\w)|```.*?(?:```|$)|`[^`\\n]+`",
            Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile(
            "^\\W*(?:resposta|resp|answer|a|r|status|assistente|assistant|nota|obs|observacao|note|resultado|result)(?: final)?\\s*:\\s*");
    /** Numbers that only name a part of a document. */
    private static final Pattern PART = Pattern.compile(
            "\\b(art(?:igo)?s?|clausulas?|capitulos?|paginas?|pag|sec(?:ao|oes)|anexos?|itens|item|leis?|resoluc(?:ao|oes)|notas?|figuras?"
                    + "|tabelas?|sections?|chapters?|pages?|clauses?|tables?|figures?|articles?|appendix|documentos?|documents?)"
                    + "\\.? (?:n[o.]* ?)?\\d[\\d./]*(?:\\s?(?:,|e|and|a|to|ao)\\s?(?:a )?\\d[\\d.]*)*");

    private static final Pattern ONE_MORE_PART = Pattern.compile("\\b([dn]?[ao]s?) \\d{1,3}(?=[,.;]|$)");
    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b(?! (?:reais|euros|dolares|dollars))");
    private static final Pattern CITATION = Pattern.compile("\\[\\d+]");
    private static final Pattern ASIDE = Pattern.compile(
            "\\s*,\\s*(?:infelizmente|porem|contudo|no entanto|entretanto|todavia|portanto|por isso|ainda|aqui|lamentavelmente|however"
                    + "|though|unfortunately|sadly|alas|therefore|by the way|por enquanto|por ora|por agora|no momento|ate agora|ate o momento|em si"
                    + "|por exemplo|for example|i am afraid|i fear|pelo menos|at least|afinal|alias|de fato|por sua vez)\\s*,\\s*");
    private static final Pattern PLACE_ASIDE = Pattern.compile(
            "\\s*,\\s*((?:n[oa]s?|em|com|pel[oa]s?|dentre|entre|in|from|within|among|at|sobre|quanto|ness[ea]s?|nest[ea]s?)\\s(?:[\\w-]+\\s){0,4}[\\w-]+)\\s*,\\s*(?=qualquer|nenhum|mencao|any|no|nao|nada|informac|dados|o |a |the |as |os )");
    private static final Pattern NONE_ASIDE = Pattern.compile(
            "\\b(nao (?:ha|existe|encontrei|achei|localizei|temos|tenho|vi|consta)|there is no(?:thing)?)\\s*,\\s*([^,.]{1,40}),\\s*");
    private static final Pattern REGRET = Pattern.compile(
            "^(?:(?:lamento|receio|temo|sinto|infelizmente|desculpe|desculpa|sorry|unfortunately|i regret|i am afraid|i fear|regrettably|sadly|peco desculpas?|perdao)(?: muito| imenso| imensamente)?(?: (?:informar|dizer|comunicar|to say|to inform you|to report|avisar))?(?: (?:que|that|mas|but))*\\s)+"
                    + "(?=(?:\\w+ ){0,8}?(?:nao|nada|nenhuma?|sem|no|not|nothing|unable|beyond|fora)\\b)");
    private static final Pattern SENTENCE = Pattern.compile(
            "(?<=[.!?])(?=\\s)(?<!\\b(?:art|pag|sr|sra|dr|dra|prof|no|mr|mrs|ms|e\\.g|i\\.e|p\\.ex)\\.)|\\R+");
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*[,;:()\\[\\]|\\u2013\\u2014]+\\s*|\\s-+\\s|\\s(?=(?:mas|porem|contudo|entretanto|todavia|but|although|embora|e|and|so que|por isso|entao|logo|portanto|pois|porque|because|since|nor|nem que)\\s)");
    private static final Pattern TURN = Pattern.compile(
            "^(?:mas|porem|contudo|entretanto|todavia|no entanto|so que|but|however|yet|though|although)\\b");
    private static final Pattern JOIN = Pattern.compile(
            "^(?:(?:mas|porem|contudo|entretanto|todavia|no entanto|so que|so(?= (?:contact|check|ask|please|consult|see|talk|speak|call|the|that|this|it|i|we|you)\\b)|but|however|yet|and|e|por isso|portanto|entao|assim|logo"
                    + "|therefore|hence|thus|also|alem disso|alem do mais|ja|alias|de modo que|de forma que|de maneira que)\\s+)+");

    private static final Pattern JOIN_ONLY =
            Pattern.compile("(?:e|and|mas|but|porem|pois|so|que|though|however|contudo|entretanto)\\s*");

    private RefusalText() {}

    /** The sentences that say something; empty for a text of marks and quotations alone. */
    static List<Sentence> sentences(String text) {
        return SENTENCE.splitAsStream(plain(text))
                .map(RefusalText::sentence)
                .filter(sentence -> !sentence.clauses().isEmpty())
                .toList();
    }

    private static Sentence sentence(String sentence) {
        List<Clause> clauses = Arrays.stream(CLAUSE.split(sentence.strip()))
                .map(RefusalText::clause)
                .filter(clause -> !clause.words().isBlank())
                .toList();
        return new Sentence(clauses, sentence.strip().endsWith("?"));
    }

    private static Clause clause(String raw) {
        String words = raw.replaceAll("[^\\p{L}\\p{N}'/%$.]+", " ")
                .replaceAll("\\.+(?=\\s|$)", "")
                .strip();
        String joined = JOIN.matcher(words).replaceFirst("");
        String bare = JOIN.matcher(REGRET.matcher(joined).replaceFirst("")).replaceFirst("");
        return new Clause(
                JOIN_ONLY.matcher(bare).matches() ? "" : bare.strip(),
                TURN.matcher(words).find());
    }

    /** Lower case, no accents or mark-up; "\u00E9" (is) stays apart from "e" (and). */
    private static String plain(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String plain =
                PortugueseWords.plain(E_ACUTE.matcher(unwrapped(composed)).replaceAll("eh"));
        plain = QUOTATION.matcher(plain).replaceAll(" quoted ");
        plain = shorthand(plain);
        plain = contractions(plain.replace('\u2019', '\'').replaceAll("[*_#>~]+", ""));
        plain = LABEL.matcher(plain).replaceFirst("");
        plain = CITATION.matcher(plain).replaceAll(" ");
        String parted = PART.matcher(plain).replaceAll("$1");
        plain = parted.equals(plain) ? plain : ONE_MORE_PART.matcher(parted).replaceAll("$1");
        plain = YEAR.matcher(plain).replaceAll("year");
        plain = NONE_ASIDE.matcher(plain).replaceAll("$1 $2 ");
        plain = PLACE_ASIDE.matcher(plain).replaceAll(" $1 ");
        return ASIDE.matcher(plain).replaceAll(" ").replaceAll("(?<=\\p{L})-(?=\\p{L})", " ");
    }

    /** What a JSON object or a wholly quoted text says. */
    private static String unwrapped(String text) {
        if (JSON_OBJECT.matcher(text).find()) {
            return text.replaceAll("\"[^\"]*\"\\s*:", "\n").replaceAll("[{}\"\\[\\],]+", "\n");
        }
        String bare = text.strip();
        boolean quoted = bare.length() > 2 && bare.startsWith("\"") && bare.indexOf('"', 1) == bare.length() - 1;
        return quoted ? bare.substring(1, bare.length() - 1) : text;
    }

    /** Chat spellings as the words they stand for. */
    private static String shorthand(String text) {
        return text.replaceAll("\\b(?:naum|nw|nn)\\b", "nao")
                .replaceAll(
                        "\\b(?:n|num) (?=(?:sei|tem|tenho|da|consigo|achei|vi|encontrei|posso|consta|fala|diz|sabemos|acho|entendi|faco)\\b)",
                        "nao ")
                .replaceAll("\\bnd\\b", "nada")
                .replaceAll("\\binfos?\\b(?= (?:aqui|sobre|n[oa]s?|dis[st]o)\\b)", "informacao")
                .replaceAll("\\b(?:to|tou) (?=(?:sem|por|aqui|fora|perdid)\\b)", "estou ")
                .replaceAll("\\b(?:vc|ce)\\b", "voce")
                .replaceAll("\\bta (?=(?:no|na|nos|nas|aqui|escrito|claro)\\b)", "esta ")
                .replaceAll("\\bpra\\b", "para")
                .replaceAll("\\bq (?=(?:eu|nao|me|voce|tem|ele|eles|fala|diz)\\b)", "que ");
    }

    private static String contractions(String text) {
        return text.replaceAll("\\bcannot\\b", "can not")
                .replaceAll("\\bcan'?t\\b", "can not")
                .replaceAll("\\bwon'?t\\b", "will not")
                .replaceAll("\\b(do|does|did|is|are|was|were|could|would|should|has|have|had)n'?t\\b", "$1 not")
                .replaceAll("\\bi'm\\b", "i am")
                .replaceAll("\\b(it|that|there|what|here|he|she|nothing|who)'s\\b", "$1 is")
                .replaceAll("\\blet's\\b", "let us")
                .replaceAll("(?<=\\w)s'(?=\\s)", "s")
                .replaceAll("'ve\\b", " have")
                .replaceAll("'d\\b", " would")
                .replaceAll("'ll\\b", " will")
                .replaceAll("'re\\b", " are");
    }
}
