package dev.melancia.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.flags.Bucketing;
import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.math.BigDecimal;
import java.util.List;

/** A target as an object of one key, which names its kind; and back. Stateless. */
final class TargetJson {

    static final List<String> KINDS = List.of("tier", "models", "split");
    static final List<String> SPLIT = List.of("id", "share", "weights", "shareFlag", "arms");

    private static final List<String> SHARES = List.of("share", "weights", "shareFlag");
    private static final int SHARE_DIGITS = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TargetJson() {}

    static Target read(PolicyNode node) {
        String kind = node.only(KINDS);
        PolicyNode value = node.required(kind);
        return switch (kind) {
            case "tier" -> Target.tier(value.text());
            case "models" ->
                Target.models(value.atLeastOne().stream()
                        .map(id -> id.make(() -> ModelId.of(id.text())))
                        .toList());
            default -> value.make(() -> split(value.requireOnly(SPLIT)));
        };
    }

    private static Target split(PolicyNode node) {
        String id = node.required("id").text();
        Target[] arms = node.required("arms").atLeastOne().stream()
                .map(TargetJson::read)
                .toArray(Target[]::new);
        List<String> given = node.keys().stream().filter(SHARES::contains).toList();
        if (given.size() != 1) {
            throw node.refuse("must have exactly one of " + SHARES + ", had " + given);
        }
        PolicyNode share = node.required(given.get(0));
        return switch (given.get(0)) {
            case "share" -> Target.split(share.make(() -> Split.of(id, share.number())), arms);
            case "weights" -> Target.split(share.make(() -> Split.ofWeights(id, weights(share))), arms);
            default -> Target.splitByFlag(id, share.text(), List.of(arms));
        };
    }

    private static int[] weights(PolicyNode node) {
        return node.atLeastOne().stream().mapToInt(PolicyNode::wholeNumber).toArray();
    }

    static ObjectNode write(Target target) {
        ObjectNode node = NODES.objectNode();
        if (target instanceof Target.Tier tier) {
            return node.put("tier", tier.tier);
        }
        if (target instanceof Target.Models models) {
            ArrayNode ids = node.putArray("models");
            models.ids.forEach(id -> ids.add(id.toString()));
            return node;
        }
        return node.set("split", split((Target.Forked) target));
    }

    private static ObjectNode split(Target.Forked forked) {
        Split split = forked.split;
        ObjectNode node = NODES.objectNode().put("id", split.id());
        if (forked.flag != null) {
            node.put("shareFlag", forked.flag);
        } else if (split.arms() == 2 && split.totalWeight() == Bucketing.PERCENTAGE_SCALE) {
            node.put("share", BigDecimal.valueOf(split.weight(0), SHARE_DIGITS).stripTrailingZeros());
        } else {
            ArrayNode weights = node.putArray("weights");
            for (int arm = 0; arm < split.arms(); arm++) {
                weights.add(split.weight(arm));
            }
        }
        ArrayNode arms = node.putArray("arms");
        forked.arms.forEach(arm -> arms.add(write(arm)));
        return node;
    }
}
