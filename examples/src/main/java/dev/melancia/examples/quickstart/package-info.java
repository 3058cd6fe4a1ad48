/**
 * The quickstart: routing, fallback, benchmark, drift, cost and tracking on one small knowledge base in Portuguese, with
 * no key, no server and no Python. Start with {@link dev.melancia.examples.quickstart.Quickstart}:
 *
 * <pre>{@code
 * mvn -q -Pquickstart -pl examples -am process-classes
 * }</pre>
 *
 * <p>{@code HybridTraffic} is the part a host application would write: candidates, policy, a router, a listener.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.examples.quickstart;

import org.jspecify.annotations.NullMarked;
