package dev.melancia.scorer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells refusals ("não sei") from answers, by phrase, in Portuguese and English.
 *
 * <p>For the maintainer. The text is read as sentences without accents. A sentence refuses when one of
 * {@link #REFUSES} stands at its beginning, after courtesies and "com base no contexto", and it neither turns around
 * ("mas o prazo é…") nor guesses ("acho que…"); turning to advice ("mas você pode consultar…") keeps it a refusal. The
 * text refuses when its first sentence that is no courtesy refuses, and every later one refuses, advises, or speaks of
 * the text at hand. Anything else that is asserted makes it an answer: a hedged hallucination must not pass as a
 * refusal.
 */
final class Refusal {

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
                    + "|but|mas|eu|e|i|que|and)\\b[\\s,]*+)*+)\\W*+";
    private static final String KNOWLEDGE =
            "(?:(?:nenhuma?|ess[ae]s?|est[ae]s?|as?|os?|qualquer|mais|muit[ao]s?|tal|tais|uma?|acesso|outr[ao]s?|como|n[oa]s? "
                    + MATERIAL
                    + ") ){0,3}(?:informac(?:ao|oes)|dados?|conhecimento|resposta|detalhes?|mencao|referencias?|elementos)\\b";
    private static final String STATED =
            "(?:encontrad|mencionad|informad|especificad|citad|fornecid|descrit|disponi|clar|explicit)\\w*";
    private static final String SILENT =
            "nao (?:\\w+ )?(?:informa|menciona|especifica|diz|traz|contem|apresenta|fornece|responde|aborda|trata|indica)m?\\b";
    private static final List<String> PHRASES = List.of(
            "nao (?:sei|sabemos|saberia)\\b",
            "desconheco\\b",
            "nao (?:me )?(?:tenho|temos|possuo|possuimos|disponho|dispomos|ha|existem?|encontr(?:ei|amos|o)|localizei|achei)"
                    + "\\b (?:de )?" + KNOWLEDGE,
            "nao (?:encontrei|encontramos|localizei|achei)\\b",
            "nao (?:foi|e|foram) possivel (?:encontrar|localizar|determinar|responder|identificar|saber|afirmar)\\b",
            "nao (?:consigo|posso|podemos|conseguimos|consegui|sou capaz de) (?:responder|encontrar|localizar|determinar|afirmar|dizer"
                    + "|informar|fornecer|identificar|ajudar)\\b",
            "nao consta[mv]?\\b",
            "nao (?:tenho|temos|ha) como (?:saber|responder|informar|afirmar|determinar|dizer)\\b",
            "nenhuma? (?:informacao|resposta|mencao|dado|referencia|trecho)\\b.{0,40}? (?:encontrad|mencionad|consta|menciona|informa)",
            "nao (?:foi|foram|e|ha|esta|estao|sao) (?:\\w+ ){0,2}?" + STATED + "(?:$|.{0,60}?\\b" + MATERIAL + "\\b)",
            "(?:isso|isto) nao (?:esta|consta|e|foi|aparece)\\b.{0,60}?\\b" + MATERIAL + "\\b",
            "(?:ess[ae]|est[ae]|a|o|tal) (?:informacao|dado|resposta|assunto|tema|detalhe) nao (?:consta|se encontra|aparece"
                    + "|(?:esta|foi|e) (?:\\w+ )?" + STATED + "|esta (?:present|n[oa]))\\w*\\b",
            "(?:ess[ae]s?|est[ae]s?|[oa]s?) " + MATERIAL + "\\b[^,]{0,40}? " + SILENT,
            "(?:do not|don'?t|cannot|can'?t|could not|couldn'?t|(?:am |m )?unable to)"
                    + " (?:know|find|answer|determine|say|provide)\\b",
            "(?:do not|don'?t) have (?:\\w+ ){0,3}(?:information|data|knowledge|answer|details)\\b",
            "(?:there is|there'?s|have) no (?:\\w+ ){0,2}(?:information|mention|data|answer)\\b",
            "no (?:\\w+ ){0,2}information\\b",
            "(?:the|this) (?:\\w+ )?" + MATERIAL
                    + "\\b[^,]{0,40}? (?:does not|doesn'?t|do not|don'?t) (?:mention|say|contain|provide|specify|state|include)\\b");
    private static final Pattern REFUSES = Pattern.compile(OPENING + "(?:" + String.join("|", PHRASES) + ")");
    private static final Pattern ADVICE = Pattern.compile(OPENING
            + "(?:posso|podemos|voce pode|pode|consulte|recomendo|sugiro|procure|entre em contato|tente|por favor|se (?:voce )?(?:quiser"
            + "|precisar|puder|desejar|tiver)|caso (?:voce )?(?:queira|precise|tenha)|gostaria|quer|ha algo|estou a disposicao"
            + "|obrigad[oa]|you (?:can|could|may|might)|please|would you|could you|if you|let me know|try|i recommend|i suggest"
            + "|can (?:i|you)|is there)\\b");
    private static final Pattern ABOUT_MATERIAL = Pattern.compile("^\\W*(?:(?:ess[ae]s?|est[ae]s?|[oa]s?|the|this) )"
            + MATERIAL + "\\b|^\\W*ele (?:fala|trata|aborda|menciona) (?:apenas|so)\\b");
    private static final Pattern TURNS = Pattern.compile(
            "\\b(?:mas|porem|contudo|entretanto|todavia|no entanto|however|but|although|embora)\\b[\\s,]*(.*)$",
            Pattern.DOTALL);
    private static final Pattern ONLY_SILENT = Pattern.compile("^" + SILENT);
    private static final Pattern GUESSES = Pattern.compile(
            "\\b(?:acho que|acredito que|creio que|imagino que|talvez|provavelmente|deve ser|devem ser|suponho"
                    + "|i think|i believe|maybe|probably|perhaps|i guess|it might be)\\b");
    private static final Pattern COURTESY = Pattern.compile(OPENING + "$");

    private Refusal() {}

    static boolean is(String text) {
        List<String> sentences = SENTENCE_END
                .splitAsStream(
                        PortugueseWords.plain(text).replace('\u2019', '\'').replaceAll("[*_#>\"]+", ""))
                .map(String::strip)
                .filter(sentence -> !COURTESY.matcher(sentence).find())
                .toList();
        if (sentences.isEmpty()) {
            return text.isBlank();
        }
        return refuses(sentences.get(0)) && sentences.stream().skip(1).allMatch(Refusal::assertsNothing);
    }

    private static boolean assertsNothing(String sentence) {
        return refuses(sentence)
                || ADVICE.matcher(sentence).find()
                || (isAboutMaterial(sentence) && !TURNS.matcher(sentence).find());
    }

    private static boolean refuses(String sentence) {
        if (GUESSES.matcher(sentence).find()) {
            return false;
        }
        Matcher turn = TURNS.matcher(sentence);
        String rest = turn.find() ? turn.group(1) : "";
        if (REFUSES.matcher(sentence).find()) {
            return rest.isEmpty() || refuses(rest) || ADVICE.matcher(rest).find();
        }
        return isAboutMaterial(sentence)
                && (refuses(rest) || ONLY_SILENT.matcher(rest).find());
    }

    private static boolean isAboutMaterial(String sentence) {
        return ABOUT_MATERIAL.matcher(sentence).find();
    }
}
