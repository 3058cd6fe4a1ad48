package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.analysis.ReportLanguage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final Labels ENGLISH = Labels.of(ReportLanguage.ENGLISH);
    private static final Labels PORTUGUESE = Labels.of(ReportLanguage.PORTUGUESE);

    @Test
    void everyLabelIsThereInBothLanguagesWithTheSameHoles() {
        assertThat(PORTUGUESE.texts().keySet()).isEqualTo(ENGLISH.texts().keySet());
        ENGLISH.texts().forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            assertThat(holes(PORTUGUESE.texts().getOrDefault(key, ""))).as(key).isEqualTo(holes(text));
        });
    }

    private static List<String> holes(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(hole -> hole.group())
                .sorted()
                .distinct()
                .toList();
    }

    @Test
    void valuesAreNotReadAsHoles() {
        assertThat(ENGLISH.get("of", "{1}", "x")).isEqualTo("{1} of x");
    }

    @Test
    void unknownLabelIsNamed() {
        assertThatThrownBy(() -> ENGLISH.get("nonsense")).hasMessage("no label nonsense in ENGLISH");
    }

    @Test
    void scriptAndTemplateAskOnlyForLabelsThatExist() {
        Stream.of("page.js", "explorer.js", "costs.js", "detail.js")
                .map(Html::resource)
                .forEach(script -> {
                    Matcher word = Pattern.compile("words\\.(\\w+)").matcher(script);
                    while (word.find()) {
                        String key = "js." + word.group(1);
                        assertThat(ENGLISH.texts().keySet())
                                .anyMatch(known -> known.equals(key) || known.startsWith(key + "."));
                    }
                });
        Matcher hole = Pattern.compile("\\{\\{t\\.(\\w+)}}").matcher(Html.resource("report.html"));
        while (hole.find()) {
            assertThat(ENGLISH.texts()).containsKey(hole.group(1));
        }
    }
}
