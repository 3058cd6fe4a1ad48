package dev.melancia.examples.quickstart;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.cost.TokenPrice;
import dev.melancia.examples.extractive.ExtractiveProvider;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.RequestLimits;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Scorer;
import dev.melancia.scorer.Scorers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;

/** Hybrid routing by the three rules of the first users' report: what a host application would write. */
final class HybridTraffic implements AutoCloseable {

    static final ModelId LOCAL = ModelId.of("extractive/sentence");
    static final ModelId PAID = ModelId.of("extractive/passage");

    /** List price of gpt-4o-mini, so that the embedded stand-in for a paid model has costs to show. */
    static final TokenPrice PAID_PRICE = TokenPrice.usdPerMillionTokens("0.15", "0.60");

    private static final int SHORT_WORDS = 15;
    private static final int FAILS_EVERY = 15;

    private final AtomicReference<CallRecord> last = new AtomicReference<>();
    private final ModelRouter router;
    private final Scorer scorer = Scorers.tokenF1();

    HybridTraffic(CallListener listener) {
        ChatModelProviders providers = ChatModelProviders.of(new ExtractiveProvider());
        ChatModel local = providers.chatModel(ModelSettings.of(LOCAL));
        this.router = ModelRouter.builder()
                .model(
                        Candidate.builder(LOCAL)
                                .tier("local")
                                .price(TokenPrice.free())
                                .build(),
                        new FailingEverySoOften(local, FAILS_EVERY))
                .model(Candidate.builder(PAID).tier("paid").price(PAID_PRICE).build(), providers)
                .policy(policy())
                .flags(FeatureFlags.create())
                .requestLimits(RequestLimits.ofHybridPolicy())
                .listener(last::set)
                .listener(listener)
                .build();
    }

    /** Short questions to the local model, premium users to the paid one, everybody else 80/20 by user. */
    static RoutingPolicy policy() {
        return RoutingPolicy.builder("hybrid")
                .rule("short question", Condition.fewerWordsThan(SHORT_WORDS), Target.tier("local"))
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .otherwise(Target.splitByFlag(
                        "hybrid-local-share",
                        FeatureFlags.OLLAMA_PERCENTAGE,
                        Target.tier("local"),
                        Target.tier("paid")))
                .build();
    }

    /** Makes the calls one after another. */
    List<Call> run(List<Visit> visits) {
        List<Call> calls = new ArrayList<>(visits.size());
        for (Visit visit : visits) {
            String answer =
                    router.chatModel(visit.context()).chat(visit.question().text());
            OptionalDouble quality =
                    scorer.score(visit.question(), Answer.of(answer)).value();
            calls.add(new Call(requireNonNull(last.get(), "one record a call"), quality));
        }
        return calls;
    }

    @Override
    public void close() {
        router.close();
    }

    /** What is known of one call: its record, and its quality where the question has an answer. */
    record Call(CallRecord record, OptionalDouble quality) {}
}
