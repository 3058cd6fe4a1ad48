package dev.melancia.testkit;

import dev.melancia.call.Outcome;
import java.util.Set;
import java.util.function.BiFunction;

/** How a stream that began well goes wrong. */
enum StreamFault {
    STALLS((wire, reply) -> reply.stall(), Outcome.TIMEOUT),
    IS_CUT((wire, reply) -> reply.cut(), Outcome.BROKEN_OFF),
    SAYS_AN_ERROR((wire, reply) -> reply.send(wire.failure("scripted")).end(), Outcome.SERVER_ERROR),
    ENDS_WITHOUT_A_REASON((wire, reply) -> reply.end(), Outcome.TRUNCATED, Outcome.BROKEN_OFF),
    SENDS_WHAT_IS_NOT_OF_ITS_FORMAT(
            (wire, reply) -> reply.send("data: {broken\n\n").end(), Outcome.MALFORMED_RESPONSE, Outcome.BROKEN_OFF);

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final BiFunction<WireFormat, Reply, Reply> ending;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Outcome> outcomes;

    StreamFault(BiFunction<WireFormat, Reply, Reply> ending, Outcome... outcomes) {
        this.ending = ending;
        this.outcomes = Set.of(outcomes);
    }

    Reply after(WireFormat wire, Reply beginning) {
        return ending.apply(wire, beginning);
    }

    /** What the attempt may be called; the format decides which. */
    Set<Outcome> outcomes() {
        return outcomes;
    }
}
