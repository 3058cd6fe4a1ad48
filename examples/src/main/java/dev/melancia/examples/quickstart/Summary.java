package dev.melancia.examples.quickstart;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.cost.CostProjection;
import dev.melancia.cost.TokenPrice;
import dev.melancia.cost.Traffic;
import dev.melancia.drift.DriftReport;
import dev.melancia.drift.DriftVerdict;
import dev.melancia.report.ReportFormat;
import dev.melancia.routing.RoutingDecision;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints what a person reads in a minute. */
final class Summary {

    private static final BigDecimal SERVER_USD_PER_MONTH = new BigDecimal("30");
    private static final long CALLS_PER_DAY = 1_000;
    private static final long REPORTED_TOKENS_PER_CALL = 100;
    private static final List<String> REPORTED_USD = List.of("450", "30", "120");

    private final PrintStream out;

    Summary(PrintStream out) {
        this.out = out;
    }

    void welcome() {
        print("MelancIA quickstart: a Portuguese assistant on retail media, with two small models that");
        print("quote a knowledge base. No key, no server. extractive/sentence stands for the free local");
        print("model, extractive/passage for the paid one, priced as gpt-4o-mini so that costs show.");
    }

    void routing(TrafficFigures traffic) {
        head("1. Routing: %d calls of %d users, a third of them premium", traffic.calls(), Quickstart.USERS);
        for (Map.Entry<String, Long> rule : traffic.byRule().entrySet()) {
            print("   %4d  %s", rule.getValue(), rule.getKey());
        }
        print(
                "   answered by %s; users seen on both sides of the split: %d",
                traffic.byAnswerer(), traffic.usersOnBothArms());
        double[] latency = Arrays.stream(traffic.latencyMillis()).sorted().toArray();
        print("   median latency %.2f ms, cost %s", latency[latency.length / 2], traffic.cost());
        fallbacks(traffic.fallbacks());
    }

    private void fallbacks(List<CallRecord> fallbacks) {
        print(
                "   %d calls fell back, since extractive/sentence refuses every 15th call on purpose. One of them:",
                fallbacks.size());
        if (!fallbacks.isEmpty()) {
            CallRecord record = fallbacks.get(0);
            print(
                    "     decided   %s",
                    record.decision().map(RoutingDecision::reason).orElse("nothing"));
            for (Attempt attempt : record.attempts()) {
                print("     tried     %s", attempt);
            }
        }
    }

    void benchmark(BenchmarkReport report) {
        head(
                "2. Benchmark: %d questions, every mean with n and 95 %% interval",
                report.dataset().questions().size());
        out.println(ReportFormat.TEXT.render(report).strip().indent(3).stripTrailing());
    }

    void realModels(BenchmarkReport report) {
        head(
                "   Real models found on this machine, on the first %d questions",
                report.dataset().questions().size());
        out.println(ReportFormat.TEXT.render(report).strip().indent(3).stripTrailing());
    }

    void drift(DriftReport drift) {
        head("3. Drift: second half of the traffic against the first");
        for (DriftVerdict verdict : drift.verdicts()) {
            print("   %s", verdict.explain());
        }
    }

    void cost(TrafficFigures measured) {
        TokenPrice inputOnly = TokenPrice.usdPerMillionTokens(
                HybridTraffic.PAID_PRICE.inputUsdPerMillionTokens().toPlainString(), "0");
        Traffic reported = new Traffic(CALLS_PER_DAY, REPORTED_TOKENS_PER_CALL, 0);
        List<CostProjection> corrected = CostProjection.threeScenarios(reported, inputOnly, SERVER_USD_PER_MONTH);
        Optional<Traffic> traffic = measured.at(CALLS_PER_DAY);
        Optional<List<CostProjection>> now = traffic.map(
                known -> CostProjection.threeScenarios(known, HybridTraffic.PAID_PRICE, SERVER_USD_PER_MONTH));
        head(
                "4. Cost of %d calls a day, USD a month (server of %s USD included where it runs)",
                CALLS_PER_DAY, SERVER_USD_PER_MONTH);
        print("   %-24s %14s %16s %22s", "", "in the report", "its arithmetic", "measured tokens");
        print(
                "   %-24s %14s %16s %22s",
                "",
                "",
                "corrected",
                traffic.map(known -> known.inputTokensPerCall() + " in, " + known.outputTokensPerCall() + " out")
                        .orElse("unknown"));
        for (int i = 0; i < corrected.size(); i++) {
            int scenario = i;
            print(
                    "   %-24s %14s %16s %22s",
                    corrected.get(i).scenario(),
                    REPORTED_USD.get(i),
                    money(corrected.get(i)),
                    now.map(known -> money(known.get(scenario))).orElse("unknown"));
        }
        print("   The report read 0.15 USD a million tokens as 0.15 a thousand: paid tokens cost a 1000th of it.");
    }

    void where(Path folder, String runs) {
        head("5. Look at it");
        print("   report   %s", folder.resolve("benchmark.html").toAbsolutePath());
        print("   records  %s", folder.resolve("calls.jsonl").toAbsolutePath());
        print("   tracked  %s", runs);
    }

    private static String money(CostProjection projection) {
        return projection.usdPerMonth().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    private void head(String format, Object... values) {
        out.println();
        print(format, values);
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
