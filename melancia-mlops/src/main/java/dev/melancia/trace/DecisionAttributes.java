package dev.melancia.trace;

import dev.melancia.mlflow.trace.Span;
import dev.melancia.routing.Rejection;
import dev.melancia.routing.RoutingDecision;
import java.util.stream.Collectors;

/** What was decided, as attributes of the call's span. Neither question nor user id is in a decision. Stateless. */
final class DecisionAttributes {

    private static final int MAX_TEXT = 2_000;
    private static final int MOST = 20;

    private DecisionAttributes() {}

    static void put(Span.Builder span, RoutingDecision decision) {
        span.attribute("melancia.policy", decision.policyId())
                .attribute("melancia.policy_version", decision.policyVersion())
                .attribute("melancia.reason", LongText.cut(decision.reason(), MAX_TEXT));
        decision.rule().ifPresent(rule -> span.attribute("melancia.rule", rule));
        decision.splitId().ifPresent(split -> {
            span.attribute("melancia.split", split);
            span.attribute("melancia.sticky", decision.isSticky());
        });
        decision.arm().ifPresent(arm -> span.attribute("melancia.arm", arm));
        span.attribute(
                "melancia.candidates",
                decision.candidates().stream()
                        .limit(MOST)
                        .map(candidate -> candidate.id().toString())
                        .collect(Collectors.joining(", ")));
        if (!decision.rejections().isEmpty()) {
            String rejected = decision.rejections().stream()
                    .limit(MOST)
                    .map(Rejection::toString)
                    .collect(Collectors.joining("; "));
            span.attribute("melancia.rejected", LongText.cut(rejected, MAX_TEXT));
        }
        if (!decision.flags().isEmpty()) {
            String flags = decision.flags().stream()
                    .limit(MOST)
                    .map(flag -> flag.flag() + "=" + flag.value())
                    .collect(Collectors.joining(", "));
            span.attribute("melancia.flags", LongText.cut(flags, MAX_TEXT));
        }
    }
}
