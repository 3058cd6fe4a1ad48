package dev.melancia.routing;

import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;

/** A rule with a clock, a thread and dice; never runs. */
@SuppressWarnings("all") // breaking rules is the purpose
final class OffendingRule {

    final Random random = new Random();
    Clock clock;
    Executor executor;
}
