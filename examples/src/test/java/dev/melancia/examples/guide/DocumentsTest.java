package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents show is what compiles, and their links lead somewhere. */
class DocumentsTest {

    private static final Pattern MARKED =
            Pattern.compile("<!-- region: (\\S+) -->\\n```\\w+\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern JAVA = Pattern.compile("(?m)^```java$");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final int LONGEST_README = 120;

    @Test
    void codeInDocumentsIsARegionOfACompiledExample() {
        Map<String, String> shown = new TreeMap<>();
        Map<String, String> compiled = new TreeMap<>();
        for (Path document : Documents.all()) {
            Matcher block = MARKED.matcher(Documents.read(document));
            while (block.find()) {
                String name = document.getFileName() + ": " + block.group(1);
                shown.put(name, block.group(2));
                compiled.put(name, Documents.region(block.group(1)));
            }
        }

        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(shown).isEqualTo(compiled);
    }

    @Test
    void noDocumentShowsJavaThatNobodyCompiles() {
        Map<String, Integer> unmarked = new TreeMap<>();
        for (Path document : Documents.all()) {
            String text = Documents.read(document);
            long java = JAVA.matcher(text).results().count();
            long marked = MARKED.matcher(text)
                    .results()
                    .filter(block -> block.group(1).contains(".java#"))
                    .count();
            if (java != marked) {
                unmarked.put(document.getFileName().toString(), (int) (java - marked));
            }
        }

        assertThat(unmarked).isEmpty();
    }

    @Test
    void cutsARegionWithoutItsIndentation() {
        String source = "a\n    // region one\n    b\n      c\n\n    d\n    // endregion\n";

        assertThat(Documents.cut(source, "one")).isEqualTo("b\n  c\n\nd\n");
        assertThatThrownBy(() -> Documents.cut(source, "two")).hasMessageContaining("// region two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.pt-BR.md"})
    void readmeOpensWithTheTwoCommands(String name) {
        String readme = Documents.read(Documents.root().resolve(name));

        assertThat(SHELL.matcher(readme).results().map(block -> block.group(1)).limit(2))
                .containsExactly("mvn -q -Pquickstart -pl examples -am process-classes\n", "mvn -B verify\n");
        assertThat(readme.lines().count()).isLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() {
        List<String> dead = new ArrayList<>();
        for (Path document : Documents.all()) {
            Matcher link = LINK.matcher(Documents.read(document));
            while (link.find()) {
                if (!link.group(1).startsWith("http") && !leadsSomewhere(document, link.group(1))) {
                    dead.add(document.getFileName() + " -> " + link.group(1));
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1
                        || HEADING.matcher(Documents.read(target))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1])));
    }

    /** As GitHub makes it, for the letters we use. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\- ]", "")
                .replace(' ', '-');
    }
}
