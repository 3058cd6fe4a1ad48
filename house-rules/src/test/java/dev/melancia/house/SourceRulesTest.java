package dev.melancia.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about text, which compiled classes no longer show. */
class SourceRulesTest {

    private static final int LONGEST_FILE_LINES = 300;
    /** Longer by agreement, and how long at most; an entry is a debt with a name. */
    private static final Map<String, Integer> LONGER = Map.of();

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:final|abstract|sealed|non-sealed|strictfp) )*(?:class|interface|enum|record|@interface) (\\w+)");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?:^|[\\s\"'`=:(\\[,])(/(?:work|root|home|Users)/\\w[^\\s\"'`]*|[A-Z]:\\\\+Users\\\\)");

    @Test
    void everyPublicTypeHasASentenceOfPurpose() {
        Map<String, String> poor = new TreeMap<>();
        for (Path file : Product.sources()) {
            String problem = javadocProblem(Product.read(file));
            if (problem != null) {
                poor.put(Product.relative(file), problem);
            }
        }
        assertThat(poor).isEmpty();
    }

    /** What is wrong with the javadoc of the public type in a source; null when nothing is or there is no such type. */
    private static String javadocProblem(String source) {
        Matcher type = PUBLIC_TYPE.matcher(source);
        if (!type.find()) {
            return null;
        }
        String javadoc = null;
        Matcher comment = JAVADOC.matcher(source).region(0, type.start());
        while (comment.find()) {
            javadoc = comment.group(1);
        }
        if (javadoc == null) {
            return "no javadoc";
        }
        String text = javadoc.replaceAll("(?m)^\\s*\\*", " ").strip();
        if (text.contains("@author")) {
            return "@author";
        }
        if (!text.contains("@since")) {
            return "no @since";
        }
        String sentence = text.split("\\.\\s|\\.$|(?m)^\\s*@", 2)[0];
        return sentence.split("\\s+").length < 3 ? "no sentence: \"" + sentence + "\"" : null;
    }

    @Test
    void noticesPoorJavadoc() {
        assertThat(javadocProblem("package a;\npublic final class B {}")).isEqualTo("no javadoc");
        assertThat(javadocProblem("/** B. @since 1 */\npublic record B() {}")).startsWith("no sentence");
        assertThat(javadocProblem("/** Does this and that. */\npublic enum B {}"))
                .isEqualTo("no @since");
        assertThat(javadocProblem("/** Does this and that.\n * @since 1\n */\npublic @interface B {}"))
                .isNull();
        assertThat(javadocProblem("final class B {}")).isNull();
    }

    @Test
    void noSourceIsLongerThanTheHouseAllows() {
        Map<String, Long> tooLong = new TreeMap<>();
        List<Long> lengths = Product.sources().stream()
                .map(file -> Product.read(file).lines().count())
                .sorted()
                .toList();
        for (Path file : Product.sources()) {
            long lines = Product.read(file).lines().count();
            if (lines > LONGER.getOrDefault(Product.relative(file), LONGEST_FILE_LINES)) {
                tooLong.put(Product.relative(file), lines);
            }
        }
        System.out.println(
                "lines of a source: median " + lengths.get(lengths.size() / 2) + ", of " + lengths.size() + " sources");
        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingIsSynchronizedOrBuiltByLombok() {
        List<String> offenders = Product.sources().stream()
                .filter(file -> COMMENT.matcher(Product.read(file))
                        .replaceAll("")
                        .matches("(?s).*(\\bsynchronized\\b|\\bimport lombok\\b).*"))
                .map(Product::relative)
                .toList();
        assertThat(offenders).isEmpty();
    }

    @Test
    void noTextNamesAPlaceOfSomeMachine() {
        Map<String, String> offenders = new TreeMap<>();
        for (Path file : Product.texts()) {
            Matcher path = MACHINE_PATH.matcher(Product.read(file));
            if (path.find()) {
                offenders.put(Product.relative(file), path.group(1));
            }
        }
        assertThat(offenders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"see /ro%sot/x", "\"/wo%srk/shared\"", "dir=/ho%sme/ana/flags.json", "C:\\Us%sers\\ana"})
    void noticesAPlaceOfSomeMachine(String text) {
        assertThat(MACHINE_PATH.matcher(text.replace("%s", "")).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/home/x", "docs/work/notes", "src/main/root/a", "/tmp/x"})
    void leavesOtherPathsAlone(String text) {
        assertThat(MACHINE_PATH.matcher(text).find()).isFalse();
    }
}
