package dev.melancia.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reduces a Portuguese word to a stem that its inflections and close relations share: "aluguel" and "aluguéis", "alugar"
 * and "alugaram". Stems are for comparing, not for showing; two words of different meaning may meet in one ("porta",
 * "porto"). Pure and safe for any thread.
 *
 * <p>The order of steps (plural, adverb, noun or else verb, last vowel; each ending with the shortest stem it leaves) is that of V. M.
 * Orengo and C. Huyck, A Stemming Algorithm for the Portuguese Language, SPIRE 2001,
 * <a href="https://doi.org/10.1109/SPIRE.2001.989755">doi</a>. The endings are our own, fewer, and written for words
 * without accents.
 *
 * @since 0.1.0
 */
public final class PortugueseStemmer {

    private static final int SHORTEST_WORD = 4;

    /** Ending, shortest stem it leaves, what takes its place. */
    private record Rule(String ending, int shortest, String replacement) {}

    private static final List<Rule> PLURALS =
            rules("oes/2/ao aes/2/ao ais/2/al eis/3/el ois/3/ol uis/3/ul ens/2/em ons/2/om"
                    + " uns/2/um ores/2/or ares/3/ar eres/3/er zes/2/z ses/3/s s/3/");
    private static final List<Rule> ADVERBS = rules("amente/4/a mente/4/");
    private static final List<Rule> NOUNS = rules(
            "amento/3/ imento/3/ acao/3/ icao/3/ ucao/3/ucao sao/4/s cao/3/ idade/4/"
                    + " ividade/3/ bilidade/3/ abilidade/3/ ibilidade/3/ avel/3/ ivel/3/ ador/3/ adora/3/ edor/3/ edora/3/ idor/3/ idora/3/"
                    + " ancia/4/ encia/4/ ante/4/ ente/4/ inte/4/ ismo/4/ ista/4/ ico/4/ ica/4/ oso/3/ osa/3/ ivo/4/ iva/4/ eza/3/ ura/4/"
                    + " ario/4/ aria/5/ eiro/4/ eira/4/ inho/4/ inha/4/ zinho/3/ zinha/3/ issimo/3/ issima/3/ agem/3/ al/4/ ense/4/ es/5/");
    private static final List<Rule> VERBS = rules(
            "ado/2/ ada/2/ ido/3/ ida/3/ ando/2/ endo/3/ indo/3/ ar/2/ er/3/ ir/3/ ou/2/"
                    + " eu/3/ iu/3/ aram/2/ eram/3/ iram/3/ ara/3/ era/3/ ira/3/ arao/2/ erao/3/ irao/3/ ava/2/ avam/2/ aria/3/ eria/3/ iria/3/"
                    + " ariam/2/ eriam/3/ iriam/3/ asse/2/ esse/3/ isse/3/ assem/2/ essem/3/ issem/3/ arem/2/ erem/3/ irem/3/ amos/2/ emos/3/"
                    + " imos/3/ aremos/2/ eremos/3/ iremos/3/ ei/3/ ia/4/ iam/3/ am/3/ em/3/ armos/2/ ermos/3/ irmos/3/ aste/3/ este/4/");
    private static final List<Rule> VOWELS = rules("ao/3/ a/3/ e/3/ o/3/");

    private PortugueseStemmer() {}

    /** The stem of a word that {@link PortugueseWords#of} gave; a short word or a number is its own stem. */
    public static String stem(String word) {
        if (word.length() < SHORTEST_WORD || !word.chars().allMatch(Character::isLetter)) {
            return word;
        }
        String singular = without(PLURALS, word);
        String base = without(ADVERBS, singular);
        String noun = without(NOUNS, base);
        return without(VOWELS, noun.equals(base) ? without(VERBS, base) : noun);
    }

    private static String without(List<Rule> rules, String word) {
        for (Rule rule : rules) {
            int end = word.length() - rule.ending().length();
            if (end >= rule.shortest() && word.endsWith(rule.ending())) {
                return word.substring(0, end) + rule.replacement();
            }
        }
        return word;
    }

    /** Longest ending first. */
    private static List<Rule> rules(String table) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : table.split(" ", -1)) {
            String[] parts = entry.split("/", -1);
            rules.add(new Rule(parts[0], Integer.parseInt(parts[1]), parts[2]));
        }
        rules.sort(
                Comparator.comparingInt((Rule rule) -> rule.ending().length()).reversed());
        return List.copyOf(rules);
    }
}
