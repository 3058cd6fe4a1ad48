package dev.melancia.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.flags.Bucketing;
import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** A target as an object of one key, which names its kind; and back. Stateless. */
final class TargetJson {

    static final List<String> GROUPS = List.of("tier", "models");
    static final List<String> STRATEGIES =
            Stream.of(Strategy.values()).map(strategy -> strategy.key).toList();
    static final List<String> KINDS = Stream.of(GROUPS, STRATEGIES, List.of("split"))
            .flatMap(List::stream)
            .toList();
    static final List<String> SPLIT = List.of("id", "share", "weights", "shareFlag", "stickyOn", "arms");

    private static final List<String> SHARES = List.of("share", "weights", "shareFlag");
    private static final int SHARE_DIGITS = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TargetJson() {}

    static Target read(PolicyNode node) {
        String kind = node.only(KINDS);
        PolicyNode value = node.required(kind);
        if (GROUPS.contains(kind)) {
            return group(node);
        }
        return value.make(() -> kind.equals("split") ? split(value.requireOnly(SPLIT)) : ranked(kind, value));
    }

    private static Target group(PolicyNode node) {
        String kind = node.only(GROUPS);
        PolicyNode value = node.required(kind);
        return kind.equals("tier")
                ? Target.tier(value.text())
                : Target.models(value.atLeastOne().stream()
                        .map(id -> id.make(() -> ModelId.of(id.text())))
                        .toList());
    }

    private static Target ranked(String kind, PolicyNode groups) {
        Strategy strategy = Stream.of(Strategy.values())
                .filter(known -> known.key.equals(kind))
                .findFirst()
                .orElseThrow();
        return Target.ranked(
                strategy, groups.atLeastOne().stream().map(TargetJson::group).toList());
    }

    private static Target split(PolicyNode node) {
        SplitTarget split = userSplit(node);
        return node.optional("stickyOn")
                .map(key -> key.oneOf(StickyOn.values(), value -> value.word))
                .map(split::stickyOn)
                .orElse(split);
    }

    private static SplitTarget userSplit(PolicyNode node) {
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

    static List<String> stickyWords() {
        return Stream.of(StickyOn.values()).map(key -> key.word).toList();
    }

    private static int[] weights(PolicyNode node) {
        return node.atLeastOne().stream().mapToInt(PolicyNode::wholeNumber).toArray();
    }

    static ObjectNode write(Target target) {
        ObjectNode node = NODES.objectNode();
        if (target instanceof ListedTarget.Tier tier) {
            return node.put("tier", tier.tier);
        }
        if (target instanceof ListedTarget.Models models) {
            ArrayNode ids = node.putArray("models");
            models.ids.forEach(id -> ids.add(id.toString()));
            return node;
        }
        if (target instanceof ListedTarget.Ranked ranked) {
            ArrayNode groups = node.putArray(ranked.strategy.key);
            ranked.groups.forEach(group -> groups.add(write(group)));
            return node;
        }
        return node.set("split", split((SplitTarget) target));
    }

    private static ObjectNode split(SplitTarget fork) {
        Split split = fork.split;
        ObjectNode node = NODES.objectNode().put("id", split.id());
        if (fork.flag != null) {
            node.put("shareFlag", fork.flag);
        } else if (split.arms() == 2 && split.totalWeight() == Bucketing.PERCENTAGE_SCALE) {
            node.put("share", BigDecimal.valueOf(split.weight(0), SHARE_DIGITS).stripTrailingZeros());
        } else {
            ArrayNode weights = node.putArray("weights");
            for (int arm = 0; arm < split.arms(); arm++) {
                weights.add(split.weight(arm));
            }
        }
        node.put("stickyOn", fork.stickyOn.word);
        ArrayNode arms = node.putArray("arms");
        fork.arms.forEach(arm -> arms.add(write(arm)));
        return node;
    }
}
