/**
 * The decision which model answers, as a pure function: no clock, no I/O, no randomness.
 *
 * <pre>{@code
 * RoutingPolicy hybrid = RoutingPolicy.builder("hybrid")
 *     .rule("short question", Condition.fewerWordsThan(15), Target.tier("local"))
 *     .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
 *     .otherwise(Target.split("hybrid-local-share", 0.8, Target.tier("local"), Target.tier("paid")))
 *     .build();
 * RoutingTable table = hybrid.bind(candidates, flags);
 * RoutingDecision decision = table.decide(request, context, HealthSnapshot.allAvailable(), draw);
 * decision.reason();   // rule 2 "premium": user tier is premium (was premium) -> paid
 * }</pre>
 *
 * <p>A new kind of condition goes into {@link dev.melancia.routing.Condition}, a new kind of target into
 * {@link dev.melancia.routing.Target}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.routing;

import org.jspecify.annotations.NullMarked;
