package dev.melancia.benchmarks;

import dev.melancia.flags.FeatureFlags;
import dev.melancia.routing.Condition;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.RoutingTable;
import dev.melancia.routing.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The decision alone: ten rules, all asked, a sticky split by flag at the end; one rule that searches the question for
 * words; and what a longer question adds to either.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {

    private final RoutingTable table = Fixture.policy().build().bind(Fixture.candidates(), FeatureFlags.create());
    private final RoutingTable searching = RoutingPolicy.builder("search")
            .rule("money back", Condition.containsAnyWord("reembolso", "cobrança indevida"), Target.tier("paid"))
            .otherwise(Target.tier("local"))
            .build()
            .bind(Fixture.candidates(), FeatureFlags.create());
    private long draw;

    @Benchmark
    public RoutingDecision decide() {
        return table.decide(Fixture.REQUEST, Fixture.CONTEXT, HealthSnapshot.allAvailable(), draw++);
    }

    @Benchmark
    public RoutingDecision decideOneKilobyteMore() {
        return table.decide(Fixture.LONG_REQUEST, Fixture.CONTEXT, HealthSnapshot.allAvailable(), draw++);
    }

    @Benchmark
    public RoutingDecision searchWords() {
        return searching.decide(Fixture.REQUEST, Fixture.CONTEXT, HealthSnapshot.allAvailable(), draw++);
    }

    @Benchmark
    public RoutingDecision searchWordsOneKilobyteMore() {
        return searching.decide(Fixture.LONG_REQUEST, Fixture.CONTEXT, HealthSnapshot.allAvailable(), draw++);
    }
}
