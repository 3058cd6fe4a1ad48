package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import java.util.Optional;

/** One call's dealings with the cache. Confined to the call. */
final class CacheVisit {

    /** Under which the call looks: the model is the one decided on. */
    final CacheKey key;

    private final AnswerCache cache;
    private final CallContext context;
    private Optional<CachedAnswer> answer = Optional.empty();

    CacheVisit(AnswerCache cache, CallContext context, CacheKey key) {
        this.cache = cache;
        this.context = context;
        this.key = key;
    }

    boolean mayTake() {
        return context.cacheMode() == CacheMode.USE;
    }

    Optional<CachedAnswer> find() {
        answer = cache.find(key);
        return answer;
    }

    /** A model answered: kept under its name, which is not the one looked for when the call failed over. */
    void answered(ModelId by, ChatResponse response, Cost cost) {
        if (AnswerCache.mayBeKept(response) && cache.isOn(context)) {
            CachedAnswer fresh = new CachedAnswer(response, by, cost);
            answer = Optional.of(fresh);
            cache.keep(key.withModel(by), fresh);
        }
    }

    /** What this call found or got, if others may have it too. */
    Optional<CachedAnswer> answer() {
        return answer;
    }
}
