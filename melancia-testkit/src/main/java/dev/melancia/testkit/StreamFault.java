package dev.melancia.testkit;

import dev.melancia.call.Outcome;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How a stream that began well goes wrong. */
enum StreamFault {
    STALLS(Reply::stall, Outcome.TIMEOUT),
    IS_CUT(Reply::cut, Outcome.BROKEN_OFF),
    ENDS_WITHOUT_A_REASON(Reply::end, Outcome.TRUNCATED, Outcome.BROKEN_OFF),
    SENDS_WHAT_IS_NOT_OF_ITS_FORMAT(
            reply -> reply.send("data: {broken\n\n").end(), Outcome.MALFORMED_RESPONSE, Outcome.BROKEN_OFF);

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final UnaryOperator<Reply> ending;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Outcome> outcomes;

    StreamFault(UnaryOperator<Reply> ending, Outcome... outcomes) {
        this.ending = ending;
        this.outcomes = Set.of(outcomes);
    }

    Reply after(Reply beginning) {
        return ending.apply(beginning);
    }

    /** What the attempt may be called; the format decides which. */
    Set<Outcome> outcomes() {
        return outcomes;
    }
}
