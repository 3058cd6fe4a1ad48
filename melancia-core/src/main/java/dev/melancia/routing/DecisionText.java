package dev.melancia.routing;

import java.util.ArrayList;
import java.util.List;

/** Puts a decision into words. */
final class DecisionText {

    private final RoutingDecision decision;
    private final Route.Choice choice;
    private final RoutingPolicy policy;

    DecisionText(RoutingDecision decision) {
        this.decision = decision;
        this.choice = decision.choice();
        this.policy = decision.table().policy();
    }

    String reason() {
        return grounds() + (nobodyIsLeft() ? "; no candidate is left" : "");
    }

    private boolean nobodyIsLeft() {
        return decision.candidates().isEmpty() && !decision.planned().isEmpty();
    }

    private String grounds() {
        return switch (choice.rule()) {
            case Route.Choice.FORCED -> forced();
            case Route.Choice.CONTINUED -> choice.plan().label + " asked for the tool whose result this turn brings";
            case Route.Choice.OTHERWISE -> "no rule took it" + split() + destination();
            default -> {
                Rule rule = policy.rules().get(choice.rule());
                yield numbered(choice.rule(), rule) + ": " + rule.condition()
                        + rule.condition().seen(decision) + split() + destination();
            }
        };
    }

    private String forced() {
        String label = "the caller forced " + choice.plan().label;
        return decision.planned().isEmpty()
                ? label + ", which is no candidate; candidates are "
                        + decision.table().known()
                : label;
    }

    private String split() {
        SplitTarget fork = choice.route().fork;
        if (fork == null) {
            return "";
        }
        String bucket =
                "; split " + fork.split.id() + ", bucket " + choice.bucket() + " of " + fork.split.totalWeight();
        if (!choice.drawn()) {
            return bucket + " by " + fork.stickyOn.word;
        }
        String why = fork.stickyOn.missing.isEmpty() ? "" : " (" + fork.stickyOn.missing + ")";
        return bucket + ", drawn for this request" + why;
    }

    private String destination() {
        String label = " -> " + choice.plan().label;
        return choice.plan().isRanked(0)
                ? label + ": " + figures(decision.planned().get(0))
                : label;
    }

    private String figures(Candidate candidate) {
        return choice.plan().strategy.says(candidate, decision.health(), decision.tokens());
    }

    List<String> passedRules() {
        List<Rule> rules = policy.rules();
        int asked = choice.rule() == Route.Choice.OTHERWISE ? rules.size() : Math.max(choice.rule(), 0);
        List<String> lines = new ArrayList<>(asked);
        for (int i = 0; i < asked; i++) {
            Condition condition = rules.get(i).condition();
            lines.add(numbered(i, rules.get(i)) + " did not apply: " + condition + condition.seen(decision));
        }
        return lines;
    }

    String explanation() {
        List<String> lines = new ArrayList<>();
        lines.add("policy " + policy.id() + " version " + policy.version());
        lines.addAll(passedRules());
        lines.add(reason());
        List<Candidate> candidates = decision.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            lines.add("  " + (i + 1) + ". " + candidates.get(i) + ranking(candidates.get(i)));
        }
        decision.rejections().forEach(rejection -> lines.add("  passed over " + rejection));
        return String.join("\n", lines);
    }

    private String ranking(Candidate candidate) {
        return choice.plan().isRanked(decision.planned().indexOf(candidate)) ? ": " + figures(candidate) : "";
    }

    private static String numbered(int index, Rule rule) {
        return "rule " + (index + 1) + " \"" + rule.name() + "\"";
    }
}
