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
 * String json = RoutingPolicyJson.write(hybrid);   // RoutingPolicyJson.read(json) is the same policy
 * }</pre>
 *
 * <p>A new kind of condition gets a factory in {@link dev.melancia.routing.Condition}; the compiler then names what else
 * it needs. A new kind of target goes into {@link dev.melancia.routing.Target}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.routing;

import org.jspecify.annotations.NullMarked;
