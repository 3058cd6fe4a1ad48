package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.stats.Interval;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private static final BenchmarkReport REPORT = SampleReport.create();
    private static final Figures ENGLISH = new Figures(Labels.of(ReportLanguage.ENGLISH));
    private static final Figures PORTUGUESE = new Figures(Labels.of(ReportLanguage.PORTUGUESE));

    @ParameterizedTest
    @CsvSource({"0,0.00 s", "0.0000042,4.2 µs", "0.0123,12 ms", "0.0012,1.2 ms", "1.5,1.50 s", "-2.2,−2.20 s"})
    void timesHaveTheUnitThatSuitsThem(double seconds, String text) {
        assertThat(ENGLISH.time(seconds)).isEqualTo(text);
    }

    @Test
    void intervalStandsInTheUnitOfTheValueBesideIt() {
        Metric latency = REPORT.metric("latency");

        assertThat(ENGLISH.interval(new Interval(.8, 1.2, .95), latency, .9)).isEqualTo("[800, 1200]");
        assertThat(PORTUGUESE.interval(new Interval(.8, 1.2, .95), latency, 1.1))
                .isEqualTo("[0,80; 1,20]");
    }

    @Test
    void differenceOfRatesIsInPercentagePoints() {
        assertThat(ENGLISH.difference(.07, REPORT.metric("failure rate"))).isEqualTo("+7.0 pp");
        assertThat(PORTUGUESE.difference(-.25, REPORT.metric("token F1"))).isEqualTo("−0,25");
    }

    @Test
    void roundingLeavesNoNegativeZero() {
        assertThat(ENGLISH.decimals(-.0001, 2)).isEqualTo("0.00");
    }

    @Test
    void smallMoneyKeepsThreeDigits() {
        assertThat(PORTUGUESE.usd(new BigDecimal("0.00017583"))).isEqualTo("0,000176 USD");
        assertThat(ENGLISH.usd(BigDecimal.ZERO)).isEqualTo("0 USD");
    }

    @Test
    void smallPIsABound() {
        assertThat(ENGLISH.p(.0004)).isEqualTo("< 0.001");
        assertThat(ENGLISH.p(.0489)).isEqualTo("0.049");
    }

    @Test
    void reasonsAreSaidInTheReportsLanguage() {
        assertThat(PORTUGUESE.reason("n too small: 3 values without bounds, at least 4 needed"))
                .isEqualTo("n pequeno demais");
        assertThat(PORTUGUESE.reason("unknown for 3 of 60 answered calls")).isEqualTo("desconhecido em 3 de 60");
        assertThat(PORTUGUESE.reason("something new")).isEqualTo("something new");
    }

    @Test
    void lettersGoOnAfterZ() {
        assertThat(Subjects.letter(0)).isEqualTo("A");
        assertThat(Subjects.letter(25)).isEqualTo("Z");
        assertThat(Subjects.letter(26)).isEqualTo("AA");
    }
}
