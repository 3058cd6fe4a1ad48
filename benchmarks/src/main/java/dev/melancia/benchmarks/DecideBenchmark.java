package dev.melancia.benchmarks;

import dev.melancia.flags.FeatureFlags;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The decision alone: three rules, all asked, a sticky split at the end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {

    private final RoutingTable table = Setup.policy().bind(Setup.CANDIDATES, FeatureFlags.create());
    private long draw;

    @Benchmark
    public RoutingDecision decide() {
        return table.decide(Setup.REQUEST, Setup.CONTEXT, HealthSnapshot.allAvailable(), draw++);
    }
}
