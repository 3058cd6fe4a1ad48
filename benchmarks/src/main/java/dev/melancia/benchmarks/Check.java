package dev.melancia.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure, or a ratio of two, and where it should stay.
 *
 * @param what in words
 * @param value of the run; NaN when it was not measured
 * @param bar the highest that is good; NaN when there is none
 */
record Check(String what, double value, double bar) {

    private static final double MORE_CHARACTERS = 1_024;

    static List<Check> all(Results results) {
        return List.of(
                one(results, "`decide()`, ns of CPU", "Decide.decide", Figures::callerCpu, 300),
                one(results, "`decide()`, bytes", "Decide.decide", Figures::bytes, 300),
                slope(results, "`decide()`, ns of CPU a further character", "Decide.decide", 1),
                slope(results, "word search, ns of CPU a further character", "Decide.searchWords", Double.NaN),
                ratio(results, "routed / community, p50", "Call.routed", "Call.community", Figures::median, 1),
                ratio(results, "routed / community, p99", "Call.routed", "Call.community", Figures::p99, 1),
                ratio(results, "routed / community, CPU", "Call.routed", "Call.community", Figures::callerCpu, 1),
                ratio(results, "routed / community, bytes", "Call.routed", "Call.community", Figures::bytes, .45),
                ratio(
                        results,
                        "failing over / community, p50",
                        "Call.failingOver",
                        "Call.communityFailingOver",
                        Figures::median,
                        .8),
                ratio(
                        results,
                        "deadline / Resilience4j, p50",
                        "Deadline.routed",
                        "Deadline.resilience4j",
                        Figures::median,
                        1.15),
                ratio(
                        results,
                        "deadline / ping-pong, p50",
                        "Deadline.routed",
                        "Deadline.pingPong",
                        Figures::median,
                        1.6),
                ratio(
                        results,
                        "deadline / Resilience4j, p50, virtual caller",
                        "Deadline.routed virtual",
                        "Deadline.resilience4j virtual",
                        Figures::median,
                        Double.NaN),
                ratio(
                        results,
                        "interrupt-safe / Failsafe, p50",
                        "Interrupt.routed",
                        "Interrupt.failsafe",
                        Figures::median,
                        .5),
                ratio(
                        results,
                        "kept answer, 1,024 characters / Caffeine, CPU",
                        "Cache.lookup 1024",
                        "Cache.caffeine 1024",
                        Figures::callerCpu,
                        1.4),
                ratio(
                        results,
                        "whole call with a kept answer, 1,024 characters / Caffeine, CPU",
                        "Cache.routed 1024",
                        "Cache.caffeine 1024",
                        Figures::callerCpu,
                        Double.NaN),
                one(results, "kept answer, 64 characters, ns of CPU", "Cache.lookup 64", Figures::callerCpu, 350),
                one(
                        results,
                        "whole call with a kept answer, 64 characters, ns of CPU",
                        "Cache.routed 64",
                        Figures::callerCpu,
                        Double.NaN),
                one(results, "128 callers, 64 keys of 50 ms, ms", "DistinctKeys.routed", Figures::mean, 100),
                scaling(
                        results,
                        "breaker, 8 threads, throughput of Resilience4j / ours",
                        "Contention.breaker x8",
                        "Contention.resilience4jBreaker x8",
                        1),
                scaling(
                        results,
                        "rate limiter, 8 threads, throughput of Resilience4j / ours",
                        "Contention.rateLimiter x8",
                        "Contention.resilience4jRateLimiter x8",
                        1),
                scaling(
                        results,
                        "budgets, throughput of 1 thread / of 8",
                        "Contention.budgets x8",
                        "Contention.budgets x1",
                        Double.NaN),
                scaling(
                        results,
                        "breaker, throughput of 1 thread / of 8",
                        "Contention.breaker x8",
                        "Contention.breaker x1",
                        Double.NaN),
                scaling(
                        results,
                        "whole call, throughput of 1 thread / of 8",
                        "Contention.routed x8",
                        "Contention.routed x1",
                        Double.NaN),
                scaling(
                        results,
                        "whole call, 8 threads, throughput of community / ours",
                        "Contention.routed x8",
                        "Contention.community x8",
                        Double.NaN));
    }

    private static Check one(Results results, String what, String row, ToDoubleFunction<Figures> figure, double bar) {
        return new Check(what, figure.applyAsDouble(results.figures(row)), bar);
    }

    private static Check slope(Results results, String what, String row, double bar) {
        double more = results.figures(row + "OneKilobyteMore").callerCpu();
        return new Check(what, (more - results.figures(row).callerCpu()) / MORE_CHARACTERS, bar);
    }

    private static Check ratio(
            Results results, String what, String ours, String theirs, ToDoubleFunction<Figures> figure, double bar) {
        double peer = figure.applyAsDouble(results.figures(theirs));
        return new Check(what, figure.applyAsDouble(results.figures(ours)) / peer, bar);
    }

    /** How many times the peer does what we do in the same time. */
    private static Check scaling(Results results, String what, String ours, String theirs, double bar) {
        return new Check(
                what,
                results.figures(theirs).callsPerMicro() / results.figures(ours).callsPerMicro(),
                bar);
    }

    boolean isMeasured() {
        return !Double.isNaN(value);
    }

    String verdict() {
        if (Double.isNaN(bar)) {
            return "";
        }
        return value <= bar ? "met" : "**missed**";
    }
}
