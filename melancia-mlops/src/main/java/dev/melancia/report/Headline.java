package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import java.time.temporal.ChronoUnit;

/** The sentences that go with every report. */
final class Headline {

    static final String INTERVALS =
            "Brackets are 95 % intervals: Student t for means, Wilson for rates and yes/no scores."
                    + " Intervals that do not overlap tell two subjects apart; intervals that overlap leave it open. Failed calls have"
                    + " no score: read a mean beside its n and the failure rate.";
    static final String OPERATION =
            "Latency is the time of the call alone, after warm-up; tokens and cost are means over"
                    + " answered calls. Unknown is not zero.";

    private Headline() {}

    static String settings(BenchmarkReport report) {
        return String.join(
                " · ",
                report.dataset().questions().size() + " questions",
                report.subjects().size() + " subjects",
                "warm-up " + report.result().warmUp(),
                "seed " + report.result().seed(),
                report.result().startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
