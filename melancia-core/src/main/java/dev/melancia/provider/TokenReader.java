package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts tokens as a provider does, and keeps a provider's faults away from a call that was answered. Thread-safe. */
final class TokenReader implements Function<ChatResponse, TokenCounts> {

    private static final Logger LOG = LoggerFactory.getLogger(TokenReader.class);

    private final ChatModelProvider provider;
    private final AtomicBoolean complained = new AtomicBoolean();

    TokenReader(ChatModelProvider provider) {
        this.provider = provider;
    }

    @Override
    public TokenCounts apply(ChatResponse response) {
        try {
            return requireNonNull(provider.tokenCounts(response), "tokenCounts");
        } catch (RuntimeException fault) {
            if (complained.compareAndSet(false, true)) {
                LOG.atWarn()
                        .setCause(fault)
                        .addKeyValue("provider", provider.id())
                        .log("A provider cannot count tokens; costs of its calls are unknown where it fails");
            }
            return TokenCounts.unknown();
        }
    }
}
