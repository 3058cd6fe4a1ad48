package dev.melancia.call;

import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.FlagSeen;
import dev.melancia.routing.Rejection;
import dev.melancia.routing.RoutingDecision;
import java.io.IOException;
import java.util.List;

/** The fields of a line that tell of the decision. Stateless. */
final class DecisionJson {

    private DecisionJson() {}

    static void write(LineWriter line, RoutingDecision decision) throws IOException {
        line.text("policy", decision.policyId());
        line.text("policy_version", decision.policyVersion());
        line.text("rule", decision.rule());
        line.plain("reason", LineLimits.cut(decision.reason(), line.limits.reason));
        line.text("split", decision.splitId());
        line.text("arm", decision.arm());
        if (decision.splitId().isPresent()) {
            line.truth("sticky", decision.isSticky());
        }
        if (decision.isSticky()) {
            line.constant("sticky_on", decision.stickyOn().orElseThrow());
        } else if (decision.splitId().isPresent()) {
            line.plain("draw", Long.toString(decision.draw())); // 64 bits: too many for a JSON number
        }
        List<ModelId> candidates =
                decision.candidates().stream().map(Candidate::id).toList();
        some(line, "candidates", candidates, DecisionJson::candidate);
        some(line, "rejections", decision.rejections(), DecisionJson::rejection);
        some(line, "flags", decision.flags(), DecisionJson::flag);
    }

    private static <T> void some(LineWriter line, String field, List<T> all, LineWriter.Part<T> part)
            throws IOException {
        if (!all.isEmpty()) {
            line.items(field, all, line.limits.first(all, null), part);
        }
    }

    private static void candidate(LineWriter line, ModelId model) throws IOException {
        line.json.writeString(line.limits.cut(model.toString()));
    }

    private static void rejection(LineWriter line, Rejection rejection) throws IOException {
        line.json.writeStartObject();
        line.text("model", rejection.model().toString());
        line.text("reason", rejection.reason());
        line.json.writeEndObject();
    }

    private static void flag(LineWriter line, FlagSeen flag) throws IOException {
        line.json.writeStartObject();
        line.text("flag", flag.flag());
        line.text("value", flag.value());
        line.text("reason", flag.reason());
        line.json.writeEndObject();
    }
}
