package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells refusals ("não sei") from answers, by phrase, in Portuguese and English.
 *
 * <p>For the maintainer. The text is read as sentences without accents. A sentence refuses when one of
 * {@link #REFUSES} stands at its beginning, after courtesies and "com base no contexto", and it does not guess ("acho
 * que…"). What follows the phrase is cut at commas, dashes, brackets and "e": each further part has to refuse, advise,
 * be polite, or go on with the object of the phrase ("não sei o prazo nem a multa"), so that "não sei, o prazo é de 30
 * dias" is an answer. The text refuses when its first sentence that is no courtesy refuses, and every later one refuses,
 * sends the reader elsewhere, or says that the text at hand is only about something else. Anything else that is asserted
 * makes it an answer: a hedged hallucination must not pass as a refusal.
 *
 * <p>"Não encontrei divergências" and "não há dados pessoais" are answers: finding or there being nothing refuses only
 * with an object that stands for the answer, such as "informação sobre" or "isso".
 */
final class Refusal {

    /** Longer texts say something; it also bounds the depth to which a text can turn around and around. */
    private static final int LONGEST = 4_000;

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?;:]+(?=\\s|$)|[\\n\\r]+");
    private static final String MATERIAL =
            "(?:contexto|textos?|documentos?|trechos?|fontes?|materia(?:l|is)|base de conhecimento|context|text|documents?|passage|sources?)";
    private static final String GIVEN =
            "(?: (?:fornecid|disponi|apresentad|acima|informad|dad[oa]|consultad|provided|given|above|available)\\w*)*";
    /* Atomic and possessive: no text makes it backtrack for long. */
    private static final String OPENING =
            "^(?>(?:\\W*+(?>(?:me )?desculp[ea](?: me)?|infelizmente|sinto muito|lamento|ola|oi|bem|hum+|sorry"
                    + "|i'?m sorry|i am sorry|unfortunately|i apologi[sz]e|(?:com base|baseado|segundo|de acordo com|conforme|pel[oa]s?"
                    + "|n[oa]s?|based on|according to|in)\\b[^,]{0,40}?\\b" + MATERIAL + GIVEN
                    + "|(?:como|as) (?:uma? |an? )?(?:modelo|assistente|ia|ai|language)\\b[^,]{0,40}(?=,)"
                    + "|but|mas|eu|e|i|que|and|pois|porque|ja que|visto que|uma vez que|por isso|portanto|entao|logo|because"
                    + "|since|therefore|so)\\b[\\s,]*+)*+)\\W*+";
    private static final String KNOWLEDGE =
            "(?:(?:nenhuma?|ess[ae]s?|est[ae]s?|as?|os?|qualquer|mais|muit[ao]s?|tal|tais|uma?|acesso|outr[ao]s?|como|n[oa]s? "
                    + MATERIAL
                    + ") ){0,3}(?:informac(?:ao|oes)|dados?|conhecimento|resposta|detalhes?|mencao|referencias?|elementos)\\b";
    private static final String IN_MATERIAL =
            "(?:n[oa]s?|em|in)(?: (?:the|this|your|ess[ae]s?|est[ae]s?|seus?))? " + MATERIAL;
    /** What may follow a noun of knowledge so that its absence refuses: "dados sobre", not "dados pessoais". */
    private static final String OF_THE_ANSWER =
            "(?=(?: (?:suficient|especific|disponi|clar|explicit|concret|relevant|precis|detalhad|necessari)\\w*)*+"
                    + "(?:\\W*$|\\s*[,(\u2013\u2014]|\\s+(?:e|mas|porem|-)\\s|\\s(?:sobre|acerca|a respeito|quanto|referent\\w+"
                    + "|relativ\\w+|relacionad\\w+|" + IN_MATERIAL
                    + "|(?:para|a) (?:responder|determinar|afirmar|dizer|informar|saber|ess[ae]|est[ae]|isso|(?:(?:a|sua) )?pergunta)"
                    + "|que (?:\\w+ ){0,2}?(?:indi|permit|respond|mencion|inform|confirm|esclare|especifi)\\w*"
                    + "|(?<!(?:dados?|elementos)\\s)d[aeo]s?|(?<=(?:mencao|referencias?|explicita|direta)\\s)(?:a|as|aos?))\\b))";

    private static final String SOUGHT = "(?:\\W*$| (?:isso|isto|nada)\\b| " + IN_MATERIAL
            + "\\b| (?:[oa]s?|ess[ae]s?|est[ae]s?|tal)\\b[^,]{0,60}? " + IN_MATERIAL + "\\b)";
    private static final String UNQUALIFIED =
            "(?:(?:specific|enough|sufficient|relevant|further|clear|explicit|such|any|more|the|this|that|an?) ){0,3}"
                    + "(?:information|mention|data|answer|details|reference)\\b";
    private static final String STATED =
            "(?:encontrad|mencionad|informad|especificad|citad|fornecid|descrit|disponi|clar|explicit)\\w*";
    private static final String SILENT =
            "nao (?:\\w+ )?(?:informa|menciona|especifica|diz|traz|contem|apresenta|fornece|responde|aborda|trata|indica)m?\\b";
    private static final List<String> PHRASES = List.of(
            "nao (?:sei|sabemos|saberia)\\b",
            "desconheco\\b",
            "nao (?:me )?(?:tenho|temos|possuo|possuimos|disponho|dispomos)\\b (?:de )?" + KNOWLEDGE,
            "nao (?:ha|existem?|encontr(?:ei|amos|o)|localizei|achei)\\b " + KNOWLEDGE + OF_THE_ANSWER,
            "nao (?:encontrei|encontramos|localizei|achei|consta[mv]?)\\b" + SOUGHT,
            "nao (?:foi|eh?|foram) possivel (?:encontrar|localizar|determinar|responder|identificar|saber|afirmar)\\b",
            "nao (?:consigo|posso|podemos|conseguimos|consegui|sou capaz de) (?:responder|encontrar|localizar|determinar|afirmar|dizer"
                    + "|informar|fornecer|identificar|ajudar)\\b",
            "nao consta[mv]? " + KNOWLEDGE + OF_THE_ANSWER,
            "nao (?:tenho|temos|ha) como (?:saber|responder|informar|afirmar|determinar|dizer)\\b",
            "nenhuma? (?:informacao|resposta|mencao|dado|referencia|trecho)\\b.{0,40}? (?:encontrad|mencionad|consta|menciona|informa)",
            "nao (?:foi|foram|eh?|ha|esta|estao|sao) (?:\\w+ ){0,2}?" + STATED + "(?:$|.{0,60}?\\b" + MATERIAL + "\\b)",
            "(?:isso|isto) nao (?:esta|consta|eh?|foi|aparece)\\b.{0,60}?\\b" + MATERIAL + "\\b",
            "(?:ess[ae]|est[ae]|a|o|tal) (?:informacao|dado|resposta|assunto|tema|detalhe) nao (?:consta|se encontra|aparece"
                    + "|(?:esta|foi|eh?) (?:\\w+ )?" + STATED + "|esta (?:present|n[oa]))\\w*\\b",
            "(?:ess[ae]s?|est[ae]s?|[oa]s?) " + MATERIAL + "\\b[^,]{0,40}? " + SILENT,
            "(?:do not|don'?t|cannot|can'?t|could not|couldn'?t|(?:am |m )?unable to)"
                    + " (?:know|answer|determine|say|provide|find (?:" + UNQUALIFIED
                    + "|it|this|that|anything|[^,]{0,60}? " + IN_MATERIAL + "))\\b",
            "(?:do not|don'?t) have (?:\\w+ ){0,3}(?:information|data|knowledge|answer|details)\\b",
            "(?:there is |there'?s |have )?no " + UNQUALIFIED
                    + "(?! (?:is|are|was|were) (?!given|available|provided|found|mentioned|included))",
            "(?:the|this) (?:\\w+ )?" + MATERIAL
                    + "\\b[^,]{0,40}? (?:does not|doesn'?t|do not|don'?t) (?:mention|say|contain|provide|specify|state|include)\\b");
    private static final Pattern REFUSES = Pattern.compile(OPENING + "(" + String.join("|", PHRASES) + ")");
    private static final String CONSULT =
            "(?:consult(?:e|ar|em)|pergunt(?:e|ar|em)|procur(?:e|ar|em)|conta(?:c?te|c?tar)|entr(?:e|ar|em) em contato|fal(?:e|ar) com"
                    + "|(?:verifi(?:que|car)|confir(?:a|ir)|check(?:ing)?|consult(?:ing)?|see)(?! que\\b| that\\b)|reformul(?:e|ar)"
                    + "|(?:forneca|envie|compartilhe|inform[ea]) mais|contact(?:ing)?|ask(?:ing)?|refer(?:ring)? to"
                    + "|reach(?:ing)? out|get in touch|provide (?:more|additional|further)|rephrase|clarify)";
    private static final Pattern ADVICE = Pattern.compile(OPENING
            + "(?>(?:por favor|please|(?:se|caso) (?:voce )?(?:quiser|queira|precisar|precise|puder|possa|desejar|deseje|tiver|tenha)\\b[^,]{0,60}"
            + "|if you\\b[^,]{0,60}|para [^,]{0,60}(?=,)|recomendo|recomenda|sugiro|sugere|tente|try|voce|podemos|pode(?:ria)?|posso|deve"
            + "|you|can|could|may|might|should|want to|i|recommend|suggest|que|se|por)\\b[\\s,-]*+)*+"
            + "(?:" + CONSULT
            + "|(?:te |lhe )?(?:ajudar|auxiliar)|gostaria de (?:saber|perguntar)|quer (?:saber|perguntar)"
            + "|ha algo mais|(?:estou|fico) a disposicao|obrigad[oa]|eh? so (?:perguntar|avisar|chamar)|let me know|help"
            + "|would you like|(?:is )?there anything else)\\b");
    private static final String ITS =
            "^\\W*(?:que|which|it|el[ea]|(?:ess[ae]s?|est[ae]s?|[oa]s?|the|this) " + MATERIAL + GIVEN + ") ";
    private static final Pattern ONLY_ABOUT =
            Pattern.compile(ITS + "(?:(?:trata|fala|aborda|discorre)m? (?:apenas|so|somente)"
                    + "|(?:only|just) (?:covers?|discuss(?:es)?|talks? about|is about))\\b");
    private static final Pattern ABOUT = Pattern.compile(
            ITS + "(?:(?:fala|trata|aborda|discorre|descreve|discute|menciona"
                    + "|apresenta|explica|traz|contem)m?|covers?|discuss(?:es)?|talks?|describes?|mentions?|contains?)\\b\\D*$");
    private static final Pattern TURNS = Pattern.compile(
            "\\b(?:mas|porem|contudo|entretanto|todavia|no entanto|however|but|although|embora)\\b[\\s,]*(.*)$",
            Pattern.DOTALL);
    private static final Pattern ONLY_SILENT = Pattern.compile("^" + SILENT);
    private static final Pattern GUESSES = Pattern.compile(
            "\\b(?:acho que|acredito que|creio que|imagino que|talvez|provavelmente|deve ser|devem ser|suponho"
                    + "|i think|i believe|maybe|probably|perhaps|i guess|it might be)\\b");
    private static final Pattern COURTESY = Pattern.compile(OPENING + "$");
    private static final Pattern BREAK = Pattern.compile("[,()\\[\\]\\u2013\\u2014]|\\s--?\\s|\\s(?:e|and)\\s");
    private static final Pattern NO_OBJECT = Pattern.compile("^\\W*(?:" + IN_MATERIAL + GIVEN + ")?\\W*$");
    private static final Pattern ASKS = Pattern.compile(
            "^\\W*(?:qua(?:l|is|ndo|nt[oa]s?)|quem|onde|como|se|por que|o que|what|which|who|when|where|how|whether|if|why)\\b");
    private static final Pattern SUBORDINATE =
            Pattern.compile("^\\W*(?:que(?! (?:eh|sao|diz|fixa|informa|preve)\\b)|para|caso|to|that)\\b");
    /** Finite verbs that assert; "eh" stands for "é". */
    private static final Pattern VERB = Pattern.compile(
            "\\b(?:eh|sao|foi|foram|era|eram|sera|serao|seria|esta|estao|tem|teve|podem?|deve|devem|ha|havia|existem?"
                    + "|ficam?|custam?|valem?|duram?|diz|dizem|informam?|fixam?|preve|determinam?|estabelecem?|vai|vao|ocorrem?"
                    + "|chama|comecam?|terminam?|venceu?|vencem?|is|are|was|were|has|will|can|must|should|says?|costs?|takes?)\\b");

    private static final Pattern NUMBER = Pattern.compile("\\d");
    private static final Pattern E_ACUTE = Pattern.compile("(?<!\\p{L})[\u00E9\u00C9](?!\\p{L})");

    private Refusal() {}

    static boolean is(String text) {
        if (text.length() > LONGEST) {
            return text.isBlank();
        }
        List<String> sentences = SENTENCE_END
                .splitAsStream(plain(text))
                .map(String::strip)
                .filter(sentence -> !isCourtesy(sentence))
                .toList();
        if (sentences.isEmpty()) {
            return text.isBlank();
        }
        return refuses(sentences.get(0)) && sentences.stream().skip(1).allMatch(Refusal::assertsNothing);
    }

    /** Without accents and mark-up, yet "é" (is) stays apart from "e" (and). */
    private static String plain(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return PortugueseWords.plain(E_ACUTE.matcher(composed).replaceAll("eh"))
                .replace('\u2019', '\'')
                .replaceAll("[*_#>\"]+", "");
    }

    private static boolean assertsNothing(String sentence) {
        return refuses(sentence) || leadsElsewhere(sentence);
    }

    /** Advises, or says that the text is only about something else, and asserts nothing beside. */
    private static boolean leadsElsewhere(String sentence) {
        return (ADVICE.matcher(sentence).find() || ONLY_ABOUT.matcher(sentence).find())
                && parts(sentence).skip(1).allMatch(Refusal::isAside);
    }

    private static boolean isAside(String part) {
        return SUBORDINATE.matcher(part).find()
                || ASKS.matcher(part).find()
                || !VERB.matcher(part).find()
                || REFUSES.matcher(part).find();
    }

    private static boolean refuses(String sentence) {
        if (GUESSES.matcher(sentence).find()) {
            return false;
        }
        Matcher phrase = REFUSES.matcher(sentence);
        boolean found = phrase.find();
        Matcher turn = TURNS.matcher(sentence);
        boolean turns = turn.find(found ? phrase.start(1) : 0);
        String rest = turns ? turn.group(1) : "";
        if (found) {
            int end = turns ? Math.max(turn.start(), phrase.end()) : sentence.length();
            return (rest.isEmpty() || assertsNothing(rest)) && endsInObjects(sentence.substring(phrase.end(), end));
        }
        return turns && ABOUT.matcher(sentence.substring(0, turn.start())).find() && isSilent(rest);
    }

    private static boolean isSilent(String rest) {
        Matcher silent = ONLY_SILENT.matcher(rest);
        return silent.find() ? endsInObjects(rest.substring(silent.end())) : refuses(rest);
    }

    /** Whether what follows a refusing phrase only names what is not known, or refuses and advises further. */
    private static boolean endsInObjects(String tail) {
        List<String> parts = parts(tail).toList();
        boolean hasObject = !NO_OBJECT.matcher(parts.get(0)).find();
        return parts.stream()
                .skip(1)
                .allMatch(part -> isCourtesy(part) || assertsNothing(part) || (hasObject && isObject(part)));
    }

    private static boolean isObject(String part) {
        return !NUMBER.matcher(part).find()
                && (ASKS.matcher(part).find() || !VERB.matcher(part).find());
    }

    private static boolean isCourtesy(String part) {
        return COURTESY.matcher(part).find();
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(BREAK.split(text, -1));
    }
}
