package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.BudgetStatus;
import dev.melancia.budget.Budgets;
import dev.melancia.cost.PriceTable;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.BreakerSettings;
import dev.melancia.router.CallLimits;
import dev.melancia.router.HedgeSettings;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.RetrySettings;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** What the documents show of keeping calls alive and within bounds. */
final class ResilienceGuide {

    private ResilienceGuide() {}

    static ModelRouter alive(ChatModel phi3, ChatModel gpt4oMini) {
        // region alive
        Candidate local = Candidate.builder("ollama/phi3:mini")
                .maxConcurrentCalls(2) // what the server takes at a time
                .maxQueuedCalls(8) // and how many may wait for it, within the limit of their attempt
                .contextWindow(4_096) // a prompt that does not fit goes to a candidate with a larger one
                .attemptLimit(Duration.ofSeconds(60))
                .build();
        ModelRouter router = ModelRouter.builder()
                .model(local, phi3)
                .model(Candidate.of("openai/gpt-4o-mini"), gpt4oMini)
                .limits(CallLimits.defaults().withCall(Duration.ofMinutes(2)))
                .breaker(BreakerSettings.defaults().slowCalls(Duration.ofSeconds(45), .8))
                .retries(RetrySettings.defaults().maxRetries(2))
                .hedging(HedgeSettings.adaptive()) // a second model beside a slow one, for 5 % of the calls at most
                .build();
        // endregion
        return router;
    }

    static Budgets budgets() {
        // region budgets
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.HOUR, "5.00") // US dollars
                .eachTenant(BudgetPeriod.DAY, "2.00")
                .tenant("loja-sul", BudgetPeriod.DAY, "20.00")
                .eachUser(BudgetPeriod.DAY, "0.10")
                .zone(ZoneId.of("America/Sao_Paulo"))
                .build();
        // endregion
        return budgets;
    }

    static ModelRouter bounded(ChatModel phi3, ChatModel gpt4oMini, Budgets budgets) {
        // region bounded
        ModelRouter router = ModelRouter.builder()
                .model(
                        Candidate.builder("ollama/phi3:mini")
                                .price(TokenPrice.free())
                                .build(),
                        phi3)
                .model(
                        Candidate.builder("openai/gpt-4o-mini")
                                .rateLimit(RateLimit.perMinute(500).withBurst(20))
                                .build(),
                        gpt4oMini)
                .prices(PriceTable.shipped()) // for candidates without a price of their own
                .budgets(budgets)
                .tenantLimit(RateLimit.perMinute(60))
                .build();
        // endregion
        return router;
    }

    static List<BudgetStatus> status(Budgets budgets, Instant now) {
        // region status
        List<BudgetStatus> all = budgets.status(now.toEpochMilli()); // limit, known, estimated, reserved, until when
        // endregion
        return all;
    }
}
