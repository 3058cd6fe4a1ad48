package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlagContextTest {

    private final AtomicInteger asked = new AtomicInteger();

    private FlagContext lazily(String userId) {
        return FlagContext.lazily(userId, 7, () -> {
            asked.incrementAndGet();
            return Map.of("tier", "premium");
        });
    }

    @Test
    void lazyAttributesArePutTogetherOnlyWhenOneIsRead() {
        FlagContext ana = lazily("ana");
        FeatureFlags flags =
                FeatureFlags.builder().environment(variable -> null).build();

        assertThat(flags.evaluateBoolean(FeatureFlags.USE_OLLAMA, false, ana).value())
                .isTrue();
        assertThat(ana.userId()).contains("ana");
        assertThat(ana.draw()).hasValue(7);
        assertThat(asked).hasValue(0);
        assertThat(ana.attributes()).containsExactly(Map.entry("tier", "premium"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aBlankUserOfALazyContextIsNobody() {
        assertThat(lazily(" ").userId()).isEmpty();
    }

    @Test
    void moreAttributesJoinTheLazyOnes() {
        assertThat(lazily("ana").with("tenant", "rede").attributes())
                .containsOnly(Map.entry("tier", "premium"), Map.entry("tenant", "rede"));
    }
}
