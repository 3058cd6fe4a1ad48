package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.cache.ResponseCache;
import dev.melancia.router.Fakes.Model;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokenCacheTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(AnswerCache.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Model model = answers("Oi!");

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(logged);
    }

    private void assertCallsGoOnWithOneComplaint(ResponseCache cache) {
        try (ModelRouter router = router().cache(cache).model(LOCAL, model).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(router.chatModel().chat("SECRET")).isEqualTo("Oi!");
            }
        }
        assertThat(model.calls()).isEqualTo(3);
        assertThat(logged.list).hasSize(1);
        assertThat(logged.list.get(0).getFormattedMessage() + logged.list.get(0).getKeyValuePairs())
                .contains(cache.getClass().getName())
                .doesNotContain("SECRET");
    }

    @Test
    void aCacheThatCannotBeReadBreaksNoCall() {
        assertCallsGoOnWithOneComplaint(new ResponseCache() {
            @Override
            public Optional<CachedAnswer> get(CacheKey key) {
                throw new IllegalStateException("no connection for SECRET");
            }

            @Override
            public void put(CacheKey key, CachedAnswer answer) {}
        });
    }

    @Test
    void aCacheThatCannotBeWrittenBreaksNoCall() {
        assertCallsGoOnWithOneComplaint(new ResponseCache() {
            @Override
            public Optional<CachedAnswer> get(CacheKey key) {
                return Optional.empty();
            }

            @Override
            public void put(CacheKey key, CachedAnswer answer) {
                throw new IllegalStateException("disk full of SECRET");
            }
        });
    }

    @Test
    void aCacheWithoutItsLibraryBreaksNoCall() {
        assertCallsGoOnWithOneComplaint(new ResponseCache() {
            @Override
            public Optional<CachedAnswer> get(CacheKey key) {
                throw new NoClassDefFoundError("redis/clients/SECRET");
            }

            @Override
            public void put(CacheKey key, CachedAnswer answer) {}
        });
    }

    @Test
    void aCacheThatGivesNullBreaksNoCall() {
        assertCallsGoOnWithOneComplaint(new ResponseCache() {
            @Override
            @SuppressWarnings({"NullAway", "OptionalOfRedundantMethod"}) // the contract broken on purpose
            public Optional<CachedAnswer> get(CacheKey key) {
                return null;
            }

            @Override
            public void put(CacheKey key, CachedAnswer answer) {}
        });
    }
}
