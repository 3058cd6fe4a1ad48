package dev.melancia.routing;

import dev.melancia.call.Urgency;
import dev.melancia.flags.FlagEvaluation;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final boolean refusedForBudget;
    private final HealthSnapshot health;
    private final long draw;
    private final int words;
    private final int characters;
    private final @Nullable Tokens tokens;
    private final @Nullable String userTier;
    private final Urgency urgency;
    private final FlagEvaluation<?> @Nullable [] flags;

    /** A decision that passes nobody over. */
    RoutingDecision(RoutingScope scope, Route.Choice choice, List<Candidate> planned) {
        this(scope, choice, planned, null);
    }

    RoutingDecision(RoutingScope scope, Route.Choice choice, List<Candidate> planned, @Nullable Screen screen) {
        this.table = scope.table;
        this.choice = choice;
        this.candidates = screen == null ? planned : screen.candidates();
        this.rejections = screen == null ? List.of() : screen.rejections();
        this.refusedForBudget = candidates.isEmpty() && budgetRefusedOne(scope, planned);
        this.health = scope.health;
        this.draw = scope.draw;
        this.words = scope.wordsIfCounted();
        this.characters = scope.charactersIfCounted();
        this.tokens = scope.tokensIfCounted();
        this.userTier = scope.tier;
        this.urgency = scope.context.urgency();
        this.flags = scope.flagsSeen();
    }

    /** The candidates that may answer, in the order they are tried; empty when none may. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** The model that the policy meant, whether or not it could take the call; empty when an unknown one was forced. */
    public Optional<ModelId> assigned() {
        List<Candidate> planned = planned();
        return planned.isEmpty() ? Optional.empty() : Optional.of(planned.get(0).id());
    }

    /**
     * Candidates that were passed over, and why. One that is tried last, because nobody else is left or its context window
     * seems too small, is among the candidates too.
     */
    public List<Rejection> rejections() {
        return rejections;
    }

    /** Whether no candidate is left, and the spent budget kept one from answering. */
    public boolean isRefusedForBudget() {
        return refusedForBudget;
    }

    /** Of candidates that all were refused: whether one was able and available, so that the spent budget came next. */
    private static boolean budgetRefusedOne(RoutingScope scope, List<Candidate> planned) {
        if (scope.health.budgetSpent().isEmpty()) {
            return false;
        }
        int needed = scope.table.neededBy(scope.request);
        return planned.stream()
                .anyMatch(candidate -> candidate.missing(needed) == 0
                        && scope.health.reason(candidate.id()).isEmpty());
    }

    /** Id of the policy that decided. */
    public String policyId() {
        return table.policy().id();
    }

    /** Version of the policy that decided. */
    public String policyVersion() {
        return table.policy().version();
    }

    /** Whether the policy that decided refuses a call its budget cannot pay, rather than give it to a free model. */
    public boolean refusesWhenBudgetSpent() {
        return table.policy().refusesWhenBudgetSpent();
    }

    /** Name of the rule that decided; empty when the model was forced, or no rule took the call. */
    public Optional<String> rule() {
        return choice.rule() < 0
                ? Optional.empty()
                : Optional.of(table.policy().rules().get(choice.rule()).name());
    }

    /** Id of the split that took part. */
    public Optional<String> splitId() {
        return Optional.ofNullable(choice.route().fork).map(fork -> fork.split.id());
    }

    /** The arm that the split assigned, by the name of its target: A/B analysis goes by this. */
    public Optional<String> arm() {
        return splitId().map(id -> choice.plan().label);
    }

    /** Whether the split was sticky on something, and not drawn for this request. */
    public boolean isSticky() {
        return choice.route().fork != null && !choice.drawn();
    }

    /**
     * What the split was sticky on, {@link StickyOn#REQUEST} when it was drawn for this request, be it for want of what it
     * should be sticky on; empty when no split took part.
     */
    public Optional<StickyOn> stickyOn() {
        return Optional.ofNullable(choice.route().fork).map(fork -> choice.drawn() ? StickyOn.REQUEST : fork.stickyOn);
    }

    /** The random bits that were given; the decision replays with them and {@link #health()}. */
    public long draw() {
        return draw;
    }

    /** What was known of the world; the decision replays with it and {@link #draw()}. */
    public HealthSnapshot health() {
        return health;
    }

    /** Flags that took part, with the value each had. */
    public List<FlagSeen> flags() {
        return flags == null
                ? List.of()
                : Stream.of(flags).filter(Objects::nonNull).map(FlagSeen::of).toList();
    }

    /** One line: what decided, what it saw, and where the call went; that nobody is left, where that is so. */
    public String reason() {
        return new DecisionText(this).reason();
    }

    /** A line for every rule that was asked and did not apply, in order. */
    public List<String> passedRules() {
        return new DecisionText(this).passedRules();
    }

    /**
     * The whole decision in lines for people: the policy, the rules that did not apply, the reason, the candidates in order,
     * and those passed over. Neither question nor user id is in it.
     */
    public String explanation() {
        return new DecisionText(this).explanation();
    }

    RoutingTable table() {
        return table;
    }

    Route.Choice choice() {
        return choice;
    }

    /** What is known of the length of the request; nothing where no one asked. */
    Tokens tokens() {
        return tokens == null ? Tokens.NONE : tokens;
    }

    String tokensText() {
        return tokens == null ? "not counted" : "about " + tokens.prompt();
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

    Urgency urgency() {
        return urgency;
    }

    /** The candidates before any was passed over; put in order again where a strategy did it, from the same inputs. */
    List<Candidate> planned() {
        return choice.plan().order(health, tokens());
    }

    @Override
    public String toString() {
        return reason() + (rejections.isEmpty() ? "" : "; rejected " + rejections);
    }
}
