package dev.melancia.routing;

import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, and on what grounds. It keeps the inputs it saw (never the question, never the user id) and puts
 * them into words only when asked. Immutable.
 *
 * @since 0.1.0
 */
public final class RoutingDecision {

    private final RoutingTable table;
    private final Route.Choice choice;
    private final List<Candidate> candidates;
    private final List<Rejection> rejections;
    private final long draw;
    private final int words;
    private final int characters;
    private final boolean byUser;
    private final @Nullable String userTier;
    private final List<FlagSeen> flags;

    RoutingDecision(RoutingTable table, RoutingScope scope, Route.Choice choice, long draw) {
        this.table = table;
        this.choice = choice;
        this.candidates = choice.plan().candidates;
        this.rejections = List.of();
        this.draw = draw;
        this.words = scope.wordsIfCounted();
        this.characters = scope.charactersIfCounted();
        this.byUser = scope.userId != null;
        this.userTier = scope.tier;
        this.flags = scope.flagsSeen();
    }

    private RoutingDecision(RoutingDecision decision, List<Candidate> candidates, List<Rejection> rejections) {
        this.table = decision.table;
        this.choice = decision.choice;
        this.candidates = List.copyOf(candidates);
        this.rejections = List.copyOf(rejections);
        this.draw = decision.draw;
        this.words = decision.words;
        this.characters = decision.characters;
        this.byUser = decision.byUser;
        this.userTier = decision.userTier;
        this.flags = decision.flags;
    }

    RoutingDecision with(List<Candidate> accepted, List<Rejection> rejected) {
        return new RoutingDecision(this, accepted, rejected);
    }

    /** The candidates that may answer, in the order they are tried; empty when none may. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** The model that the policy meant, whether or not it could take the call; empty when an unknown one was forced. */
    public Optional<ModelId> assigned() {
        List<Candidate> planned = choice.plan().candidates;
        return planned.isEmpty() ? Optional.empty() : Optional.of(planned.get(0).id());
    }

    /** Candidates that were passed over, and why. */
    public List<Rejection> rejections() {
        return rejections;
    }

    /** Id of the policy that decided. */
    public String policyId() {
        return table.policy().id();
    }

    /** Version of the policy that decided. */
    public String policyVersion() {
        return table.policy().version();
    }

    /** Name of the rule that decided; empty when the model was forced, or no rule took the call. */
    public Optional<String> rule() {
        return choice.rule() < 0
                ? Optional.empty()
                : Optional.of(table.policy().rules().get(choice.rule()).name());
    }

    /** Id of the split that took part. */
    public Optional<String> splitId() {
        return Optional.ofNullable(choice.route().split).map(Split::id);
    }

    /** The arm that the split assigned, by the name of its target: A/B analysis goes by this. */
    public Optional<String> arm() {
        return splitId().map(id -> choice.plan().label);
    }

    /** Whether the split was sticky on a user id, and not drawn for this request. */
    public boolean isSticky() {
        return choice.route().split != null && byUser;
    }

    /** The random bits that were given; the decision replays with them. */
    public long draw() {
        return draw;
    }

    /** Flags that took part, with the value each had. */
    public List<FlagSeen> flags() {
        return flags;
    }

    /** One line: what decided, what it saw, and where the call went. */
    public String reason() {
        if (choice.rule() == Route.Choice.FORCED) {
            return forcedReason();
        }
        if (choice.rule() == Route.Choice.CONTINUED) {
            return choice.plan().label + " asked for the tool whose result this turn brings";
        }
        String split = splitReason();
        if (choice.rule() == Route.Choice.OTHERWISE) {
            return "no rule took it" + split + " -> " + choice.plan().label;
        }
        Rule rule = table.policy().rules().get(choice.rule());
        return numbered(choice.rule(), rule) + ": " + rule.condition()
                + rule.condition().seen(this) + split + " -> " + choice.plan().label;
    }

    /** A line for every rule that was asked and did not apply, in order. */
    public List<String> passedRules() {
        List<Rule> rules = table.policy().rules();
        int asked = choice.rule() == Route.Choice.OTHERWISE ? rules.size() : Math.max(choice.rule(), 0);
        List<String> lines = new ArrayList<>(asked);
        for (int i = 0; i < asked; i++) {
            Condition condition = rules.get(i).condition();
            lines.add(numbered(i, rules.get(i)) + " did not apply: " + condition + condition.seen(this));
        }
        return lines;
    }

    private String forcedReason() {
        return assigned().isPresent()
                ? "the caller forced " + choice.plan().label
                : "the caller forced " + choice.plan().label + ", which is no candidate; candidates are "
                        + table.known();
    }

    private String splitReason() {
        Split split = choice.route().split;
        if (split == null) {
            return "";
        }
        return "; split " + split.id() + ", bucket " + choice.bucket() + " of " + split.totalWeight()
                + (byUser ? " by user" : ", drawn for this request (no user id)");
    }

    private static String numbered(int index, Rule rule) {
        return "rule " + (index + 1) + " \"" + rule.name() + "\"";
    }

    Plan plan() {
        return choice.plan();
    }

    String wordsText() {
        return words == RoutingScope.NOT_COUNTED ? "not counted" : table.atLeast(words) + words;
    }

    String charactersText() {
        return characters == RoutingScope.NOT_COUNTED ? "not counted" : "had " + characters;
    }

    @Nullable
    String userTier() {
        return userTier;
    }

    @Override
    public String toString() {
        return reason() + (rejections.isEmpty() ? "" : "; rejected " + rejections);
    }
}
