package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.PriceTable;
import dev.melancia.cost.PriceTableJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost guide's code does what the guide says. */
class CostGuideTest {

    @TempDir
    Path folder;

    @Test
    void costsAreWhatTheCommentsSay() {
        assertThat(CostGuide.costs())
                .extracting(Object::toString)
                .containsExactly("0.0002475 USD", "~0.00036 USD", "unknown");
    }

    @Test
    void ownPricesHoldFromTheirFirstDay() {
        assertThat(CostGuide.table(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"))))
                .isEqualTo("0.12 in, 0.48 out, USD per million tokens; next change never");
        assertThat(CostGuide.table(InstantSource.fixed(Instant.parse("2025-12-31T23:59:59Z"))))
                .isEqualTo("unknown; next change 2026-01-01T00:00:00Z");
    }

    @Test
    void aTableIsReadFromAFileAndWrittenTheSame() throws IOException {
        String shipped = PriceTableJson.write(PriceTable.shipped());
        Path file = Files.writeString(folder.resolve("prices.json"), shipped);

        assertThat(CostGuide.file(file)).isEqualTo(shipped);
    }
}
