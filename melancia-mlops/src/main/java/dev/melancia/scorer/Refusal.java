package dev.melancia.scorer;

import dev.melancia.scorer.RefusalRules.Kind;
import dev.melancia.scorer.RefusalText.Clause;
import dev.melancia.scorer.RefusalText.Sentence;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells refusals ("não sei") from answers, in Portuguese and English, by rules on clauses.
 *
 * <p>For the maintainer. {@link RefusalText} makes sentences of clauses, {@link RefusalRules} says what a clause does: it
 * refuses, gives an excuse, leads elsewhere, says what the sources are about, or is polite. A text refuses when a clause
 * refuses, or an excuse goes with a way elsewhere, and nothing in it asserts anything else. What none of the rules knows
 * asserts, unless it hangs on a clause that they know: without a verb of its own, or as its reason or object. Quotations,
 * reports ("he said that…"), conditions and guesses never refuse.
 */
final class Refusal {

    static final String BLIND_TO = "refusals that only hint, and other languages than Portuguese and English";

    static final String AGREEMENT =
            "150 answers that the rules' author had not seen: precision 0.95 [0.86, 0.98] (57 of 60), recall"
                    + " 0.85 [0.75, 0.92] (57 of 67); half of those refusals avoid the usual words; on the 150 it was tuned on 1.00 and"
                    + " 1.00; labelled by an AI, people did not";

    /** Longer texts say something; it also bounds the work. */
    private static final int LONGEST = 4_000;

    private static final Pattern SUBORDINATE = Pattern.compile(
            "^(?:que|qual|quais|quando|onde|se|pois|porque|porquanto|ja que|visto que|uma vez que|dado que|como|para|por|caso|a fim"
                    + "|embora|enquanto|cuj[oa]s?|o que|a partir|sem|nem|ou|quanto|conforme|segundo|de acordo|com base|apesar|alem d|devido"
                    + "|tanto|quer|seja|because|since|as|which|who|whose|where|when|if|whether|to|for|given|due|although|though|while|or|nor"
                    + "|quem|whoever|anyone|that|what|how|why|without|based on|according|in order|unless|until|so that|isso|isto|ess[ea] (?:tipo|decisao|tema|assunto)"
                    + "|est[ea] (?:tipo|tema|assunto)|trata se|this (?:kind|type|sort)|doing so|these kinds)\\b");
    private static final Pattern CONDITION = Pattern.compile(
            "^(?:se|caso|quando|sempre que|quem(?! (?:me )?dera)(?! (?:\\w+ ){0,4}?(?:d?isso|disto|nisso|d?ess[ae]|d?est[ae]))|quantos|when|whenever|if|whoever|anyone who|those who|people who|users who)\\b");
    /** Finite verbs that assert; "eh" stands for "é". */
    private static final Pattern VERB = Pattern.compile(
            "\\b(?:eh|sao|foi|foram|era|eram|sera|serao|seria|esta|estao|tem|teve|podem?|deve|devem|ha|havia|existem?|ficam?|custam?|valem?"
                    + "|duram?|diz|dizem|informam?|fixam?|preve|determinam?|estabelecem?|vai|vao|ocorrem?|chama|comecam?|terminam?|venceu?"
                    + "|vencem?|basta|costuma|aplicam?|servem?|seguem?|leva|levam|faz|fazem|sai|abre|fecha|chega|passa|muda|sobe|cai|oferece|garante"
                    + "|obriga|proibe|define|manda|cabe|calcula|soma|divida|multiplique|reduz|aumenta|acontece|inicia|representa|equivale"
                    + "|consiste|funciona|mostra|usa|use|faca|permite|exige|recebe|cobra|paga|is|are|was|were|has|will|can|must|should|says?|costs?"
                    + "|takes?|gives?|runs?|lasts?|requires?|\\w{3,}(?:aram|eram|iram|avam|ariam|eriam|iriam)"
                    + "|(?!est|museu|europ|meu|seu|teu)\\w{3,}(?:ou|eu|iu)|shows?|gives|means|makes|applies|comes|looks|opens|closes|begins|starts"
                    + "|ends|lives|happens|offers|allows)\\b");

    static final Pattern NUMBER = Pattern.compile("\\d");
    static final Pattern SPEAKER = Pattern.compile(
            "\\b(?:eu|me|mim|comigo|meu|minha|meus|minhas|recebi|tenho|disponho|sou|estou|fui|funciono|opero|quero|posso|consigo"
                    + "|sei|vou|deixo|preciso|vejo|consultei|procurei|li|busquei|i|my|mine)\\b");
    static final Pattern ANSWERING = Pattern.compile(
            "\\b(?:assistente|modelo|ia|chatbot|bot|resp\\w+|pergunt\\w+|assuntos?|temas?|fontes?|documentos?|textos?|material|materiais"
                    + "|informac\\w+|dados|base|arquivos?|ficheiros?|acesso|ajudar|func(?:ao|oes)|papel|alcance|ambito|escopo|consult\\w+|procur\\w+"
                    + "|busqu\\w+|recebi|disponho|opini\\w+|palpit\\w+|adivinh\\w+|inventar|decis\\w+|regras|diretrizes|trein\\w+|answer\\w*"
                    + "|questions?|sources?|documents?|files?|assistant|help|topics?|data|access|trained|built|guess\\w*|opinions?|irresponsible"
                    + "|information|records?|list|notes|familiar|told|given|leave|keep|human agent)\\b");
    private static final Pattern CONTACT = Pattern.compile(
            "\\b(?:telefones?|ramal|lig(?:ue|ar)|disque|tel|fone|whatsapp|0800|188|190|192|911|988|24 ?h|24 horas|24 hours|24/7|e ?mail|site|pagina|portal|sala|call|phone|dial)\\b");
    private static final Pattern ASKED =
            Pattern.compile("^(?:who|what|which|when|where|how|whether|quem|qual|quais|quando|onde|como)\\b");
    private static final Pattern BUT_NOT = Pattern.compile(
            "^(?:nao|nada|sem|nunca|not|nothing|no|never|(?:gives?|says?|offers?) (?:no|nothing)|without)\\b");
    private static final Pattern OFFER = Pattern.compile("^(?:posso|podemos|i can|i could|we can)\\b");
    private static final Pattern NEGATION =
            Pattern.compile("\\b(?:nao|nada|nunca|nenhuma?|sem|not|no|nothing|never|without)\\b");
    private static final Pattern DASHES = Pattern.compile("[\\s.\\-\u2013\u2014]+");
    private static final Pattern BARE_NO = Pattern.compile("^(?:nao|no|nope)$");
    private static final RefusalRules RULES = RefusalRules.SHIPPED;

    private enum Act {
        REFUSES,
        SPEAKS_OF_ITSELF,
        EXCUSES,
        DENIES,
        LEADS,
        REGRETS,
        POLITE,
        HANGS,
        ASSERTS
    }

    private Refusal() {}

    static boolean is(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            return text.isBlank();
        }
        if (DASHES.matcher(text).matches()) {
            return true;
        }
        List<Sentence> sentences = RefusalText.sentences(text);
        if (RefusalWhole.onlyAsks(sentences)) {
            return true;
        }
        Set<Act> acts = acts(sentences);
        boolean excuses = acts.contains(Act.EXCUSES) || acts.contains(Act.DENIES);
        return !acts.contains(Act.ASSERTS)
                && (acts.contains(Act.REFUSES)
                        || acts.contains(Act.SPEAKS_OF_ITSELF)
                        || (excuses && (acts.contains(Act.LEADS) || acts.contains(Act.REGRETS)))
                        || RefusalWhole.strays(sentences));
    }

    /** What a text does; what it says of its sources does not count when it refuses after that. */
    private static Set<Act> acts(List<Sentence> sentences) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        boolean about = false;
        boolean pending = false;
        for (Sentence sentence : sentences) {
            List<Act> said = acts(sentence, about, acts.contains(Act.REFUSES));
            if (said.contains(Act.ASSERTS) && RefusalWhole.onlyOfSources(sentence)) {
                pending = true;
            } else {
                pending &= !said.contains(Act.REFUSES);
                acts.addAll(said);
            }
            about |= sentence.clauses().stream().anyMatch(clause -> RefusalWhole.isOfSources(clause.words()));
        }
        if (pending) {
            acts.add(Act.ASSERTS);
        }
        return acts;
    }

    private static List<Act> acts(Sentence sentence, boolean said, boolean refused) {
        List<Clause> clauses = sentence.clauses();
        Act[] acts = new Act[clauses.size()];
        boolean reported = false;
        boolean about = false;
        boolean sources = said;
        for (int i = 0; i < acts.length; i++) {
            String words = clauses.get(i).words();
            acts[i] = act(words, reported);
            if (acts[i] == Act.SPEAKS_OF_ITSELF && clauses.get(i).turns() && i > 0 && acts[i - 1] == Act.REFUSES) {
                acts[i] = Act.ASSERTS;
            }
            if (about && acts[i] != Act.REFUSES && BUT_NOT.matcher(words).find()) {
                acts[i] = Act.REFUSES;
            }
            if (sources && acts[i] != Act.REFUSES && !NUMBER.matcher(words).find() && RULES.has(Kind.UNSAID, words)) {
                acts[i] = Act.REFUSES;
            }
            about |= RULES.has(Kind.ABOUT, words) || OFFER.matcher(words).find();
            sources |= RefusalWhole.isOfSources(words);
            reported |= acts[i] == Act.ASSERTS && RULES.has(Kind.REPORTS, words);
        }
        excuse(clauses, acts, refused);
        return settled(sentence, acts);
    }

    /** Next to a refusal, what the sources say before it and what else is not so assert nothing. */
    private static void excuse(List<Clause> clauses, Act[] acts, boolean refused) {
        int last = List.of(acts).lastIndexOf(Act.REFUSES);
        boolean after = refused;
        for (int i = 0; i < acts.length; i++) {
            String words = clauses.get(i).words();
            boolean plain = acts[i] == Act.ASSERTS && !NUMBER.matcher(words).find() && !RULES.has(Kind.REPORTS, words);
            boolean source = i < last && RULES.has(Kind.SOURCES, words);
            boolean denial =
                    after && !clauses.get(i).turns() && BUT_NOT.matcher(words).find();
            if (plain && (source || denial)) {
                acts[i] = Act.HANGS;
            }
            if (i > 0
                    && acts[i - 1] == Act.REFUSES
                    && RefusalWhole.isReasonOfMatter(clauses.get(i - 1).words(), words)) {
                acts[i - 1] = Act.ASSERTS;
            }
            after |= acts[i] == Act.REFUSES;
        }
    }

    private static Act act(String clause, boolean reported) {
        if (RULES.has(Kind.LETTERS, clause) || RULES.has(Kind.EXEMPT, clause)) {
            return Act.ASSERTS;
        }
        int refusal = refusal(clause);
        if (refusal >= 0 && !CONDITION.matcher(clause).find()) {
            return reported || isReport(clause.substring(0, refusal)) ? Act.ASSERTS : Act.REFUSES;
        }
        if (RULES.has(Kind.GUESSES, clause)) {
            return Act.ASSERTS;
        }
        if (RULES.has(Kind.COURTESIES, clause) || BARE_NO.matcher(clause).find()) {
            return RULES.has(Kind.REGRETS, clause) ? Act.REGRETS : Act.POLITE;
        }
        boolean numbers = NUMBER.matcher(clause).find();
        if (RULES.has(Kind.LEADS, clause)) {
            return numbers && !CONTACT.matcher(clause).find() ? Act.ASSERTS : Act.LEADS;
        }
        if (numbers) {
            return Act.ASSERTS;
        }
        if (RULES.has(Kind.LIMITS, clause)) {
            return Act.EXCUSES;
        }
        if (SPEAKER.matcher(clause).find()) {
            return spoken(clause);
        }
        return RULES.has(Kind.ABOUT, clause) ? Act.POLITE : Act.ASSERTS;
    }

    private static boolean isReport(String before) {
        return !ASKED.matcher(before).find() && RULES.has(Kind.REPORTS, before);
    }

    /** What a clause does in which the speaker occurs: it refuses when it is of answering and of what that rests on. */
    private static Act spoken(String clause) {
        if (isReport(clause)) {
            return Act.ASSERTS;
        }
        if (ANSWERING.matcher(clause).find()) {
            return Act.SPEAKS_OF_ITSELF;
        }
        return NEGATION.matcher(clause).find() ? Act.DENIES : Act.POLITE;
    }

    /** Where a clause refuses: by a rule, or by an excuse that names the speaker; -1 when it does not. */
    private static int refusal(String clause) {
        int start = RULES.start(Kind.REFUSES, clause);
        return start < 0 && SPEAKER.matcher(clause).find() ? RULES.start(Kind.LIMITS, clause) : start;
    }

    /** A clause that no rule knows hangs on its sentence, or asserts. */
    private static List<Act> settled(Sentence sentence, Act[] acts) {
        boolean known = sentence.asks();
        for (Act act : acts) {
            known |= act != Act.ASSERTS;
        }
        for (int i = 0; i < acts.length; i++) {
            if (acts[i] == Act.ASSERTS && known && hangs(sentence.clauses().get(i))) {
                acts[i] = Act.HANGS;
            }
        }
        return List.of(acts);
    }

    private static boolean hangs(Clause clause) {
        String words = clause.words();
        return !clause.turns()
                && !NUMBER.matcher(words).find()
                && !RULES.has(Kind.GUESSES, words)
                && !RULES.has(Kind.LETTERS, words)
                && RULES.start(Kind.REPORTS, words) != 0
                && (SUBORDINATE.matcher(words).find() || !VERB.matcher(words).find());
    }
}
