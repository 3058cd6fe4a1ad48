package dev.melancia.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaffeineResponseCacheTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");

    private static CacheKey key(String question) {
        return CacheKey.of(
                CallContext.empty(),
                MODEL,
                ChatRequest.builder().messages(UserMessage.from(question)).build());
    }

    private static CachedAnswer answer(String text) {
        ChatResponse response =
                ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
        return new CachedAnswer(response, MODEL, Cost.knownPicoUsd(7));
    }

    @Test
    void givesTheVeryAnswerThatWasKept() {
        ResponseCache cache = ResponseCache.caffeine();
        CachedAnswer kept = answer("Oi!");
        cache.put(key("Oi"), kept);

        assertThat(cache.get(key("Oi"))).containsSame(kept);
        assertThat(cache.get(key("Olá"))).isEmpty();
    }

    @Test
    void aLaterAnswerTakesThePlaceOfTheOneBefore() {
        ResponseCache cache = ResponseCache.caffeine();
        cache.put(key("Oi"), answer("old"));
        CachedAnswer later = answer("new");
        cache.put(key("Oi"), later);

        assertThat(cache.get(key("Oi"))).containsSame(later);
    }

    @Test
    void anAnswerIsForgottenWhenItsTimeIsUp() {
        AtomicLong now = new AtomicLong();
        ResponseCache cache = new CaffeineResponseCache(1_000_000, Duration.ofMinutes(5), now::get);
        cache.put(key("Oi"), answer("Oi!"));

        now.set(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(cache.get(key("Oi"))).isPresent();
        now.incrementAndGet();
        assertThat(cache.get(key("Oi"))).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsWeight() {
        ResponseCache cache = ResponseCache.caffeine(100_000, Duration.ofHours(1));
        String text = "a".repeat(9_000);
        IntStream.range(0, 100).forEach(i -> cache.put(key("q" + i), answer(text)));

        long kept = IntStream.range(0, 100)
                .filter(i -> cache.get(key("q" + i)).isPresent())
                .count();
        assertThat(kept).isBetween(5L, 10L);
    }

    @Test
    void theQuestionWeighsAsTheAnswerDoes() {
        ResponseCache cache = ResponseCache.caffeine(100_000, Duration.ofHours(1));
        String prompt = "a".repeat(100_000);
        cache.put(key(prompt), answer("Oi!"));

        assertThat(cache.get(key(prompt))).isEmpty();
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> ResponseCache.caffeine(0, Duration.ofHours(1)))
                .hasMessage("maxBytes must be at least 1, was 0; leave the cache out to have none");
        assertThatThrownBy(() -> ResponseCache.caffeine(1, Duration.ZERO))
                .hasMessage("timeToLive must be positive, was PT0S; leave the cache out to have none");
    }

    @Test
    void anAnswerPrintsNoText() {
        assertThat(answer("SECRET")).hasToString("CachedAnswer[openai/gpt-4o-mini, 0.000000000007 USD]");
    }
}
