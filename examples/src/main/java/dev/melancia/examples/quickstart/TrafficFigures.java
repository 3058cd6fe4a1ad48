package dev.melancia.examples.quickstart;

import dev.melancia.call.CallRecord;
import dev.melancia.cost.Cost;
import dev.melancia.cost.Traffic;
import dev.melancia.examples.quickstart.HybridTraffic.Call;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.RoutingDecision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads call records: nothing here looks into the router. */
final class TrafficFigures {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Call> calls;

    TrafficFigures(List<Call> calls) {
        this.calls = List.copyOf(calls);
    }

    int calls() {
        return calls.size();
    }

    /** Calls by what decided, and where that sent them: {@code premium -> paid}. */
    Map<String, Long> byRule() {
        return calls.stream()
                .map(call -> call.record().decision().orElseThrow())
                .collect(Collectors.groupingBy(TrafficFigures::ruleAndTarget, TreeMap::new, Collectors.counting()));
    }

    private static String ruleAndTarget(RoutingDecision decision) {
        String target = decision.assigned().map(ModelId::toString).orElse("nobody");
        return decision.rule().orElse("everybody else, 80/20 by user") + " -> " + target;
    }

    Map<ModelId, Long> byAnswerer() {
        return calls.stream()
                .flatMap(call -> call.record().answeredBy().stream())
                .collect(Collectors.groupingBy(
                        id -> id,
                        () -> new TreeMap<>((a, b) -> a.toString().compareTo(b.toString())),
                        Collectors.counting()));
    }

    List<CallRecord> fallbacks() {
        return calls.stream().map(Call::record).filter(CallRecord::fellBack).toList();
    }

    /** Users who were seen on both arms of the split; sticky means none. */
    int usersOnBothArms() {
        Map<String, Set<String>> armsByUser = new HashMap<>();
        for (Call call : calls) {
            Optional<String> arm = call.record().decision().flatMap(RoutingDecision::arm);
            arm.ifPresent(name -> armsByUser
                    .computeIfAbsent(call.record().userKey().orElse("nobody"), user -> new HashSet<>())
                    .add(name));
        }
        return (int)
                armsByUser.values().stream().filter(arms -> arms.size() > 1).count();
    }

    double[] latencyMillis() {
        return calls.stream()
                .mapToDouble(call -> call.record().durationNanos() / NANOS_PER_MILLI)
                .toArray();
    }

    double[] quality() {
        return calls.stream()
                .filter(call -> call.quality().isPresent())
                .mapToDouble(call -> call.quality().getAsDouble())
                .toArray();
    }

    double[] outputTokens() {
        return calls.stream()
                .filter(call -> call.record().outputTokens().isPresent())
                .mapToDouble(call -> call.record().outputTokens().getAsInt())
                .toArray();
    }

    Cost cost() {
        return calls.stream().map(call -> call.record().cost()).reduce(Cost.zero(), Cost::plus);
    }

    /** This traffic's tokens a call, at another number of calls a day; empty when no call says its tokens. */
    Optional<Traffic> at(long callsPerDay) {
        OptionalDouble input = mean(CallRecord::inputTokens);
        OptionalDouble output = mean(CallRecord::outputTokens);
        return input.isPresent() && output.isPresent()
                ? Optional.of(
                        new Traffic(callsPerDay, Math.round(input.getAsDouble()), Math.round(output.getAsDouble())))
                : Optional.empty();
    }

    private OptionalDouble mean(Function<CallRecord, OptionalInt> tokens) {
        return calls.stream()
                .flatMapToInt(call -> tokens.apply(call.record()).stream())
                .average();
    }

    TrafficFigures firstHalf() {
        return new TrafficFigures(calls.subList(0, calls.size() / 2));
    }

    TrafficFigures secondHalf() {
        return new TrafficFigures(calls.subList(calls.size() / 2, calls.size()));
    }
}
