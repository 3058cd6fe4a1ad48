package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.util.List;

/** What the documents show of the response cache. */
final class CacheGuide {

    private CacheGuide() {}

    static ModelRouter router(ChatModel gpt4oMini) {
        // region router
        ModelRouter router = ModelRouter.builder()
                .model(Candidate.of("openai/gpt-4o-mini"), gpt4oMini)
                .cache(ResponseCache.caffeine()) // 64 MiB, one hour; or caffeine(maxBytes, timeToLive)
                .build();
        // endregion
        return router;
    }

    static List<ChatModel> modes(ModelRouter router) {
        // region modes
        CallContext refresh = CallContext.builder().cache(CacheMode.REFRESH).build(); // asks, and replaces what is kept
        CallContext bypass = CallContext.builder().cache(CacheMode.BYPASS).build(); // neither takes nor keeps
        // endregion
        return List.of(router.chatModel(refresh), router.chatModel(bypass));
    }
}
