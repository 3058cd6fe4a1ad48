package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.router.ModelRouter;
import dev.melancia.testkit.StreamRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wiring guide's producers in a real CDI container, with models that say their own name. */
class CdiWiringTest {

    private static final String LOCAL = "ollama/phi3:mini";
    private static final String PAID = "openai/gpt-4o-mini";

    private final WeldContainer cdi = new Weld()
            .disableDiscovery()
            .addBeanClasses(CdiWiring.class, Host.class, Fakes.class)
            .initialize();

    /** A bean of the host, which knows langchain4j's types only. */
    @Dependent
    static class Host {

        @Inject
        private ChatModel model;

        @Inject
        private StreamingChatModel stream;

        @Inject
        @Tier("local")
        private ChatModel local;

        @Inject
        @Tier("paid")
        private ChatModel paid;
    }

    /** Stand in for the providers on the class path. */
    @Alternative
    @Priority(1)
    @Dependent
    static class Fakes {

        @Produces
        @Singleton
        ChatModelProviders providers() {
            return ChatModelProviders.of(new FakeProvider("ollama"), new FakeProvider("openai"));
        }
    }

    @AfterEach
    void stop() {
        if (cdi.isRunning()) {
            cdi.close();
        }
    }

    private Host host() {
        return cdi.select(Host.class).get();
    }

    private <T> T inRequestOf(String user, String tier, Supplier<T> work) {
        RequestContextController request =
                cdi.select(RequestContextController.class).get();
        request.activate();
        try {
            cdi.select(CurrentUser.class).get().signIn(user, tier);
            return work.get();
        } finally {
            request.deactivate();
        }
    }

    @Test
    void theUnqualifiedModelIsTheRoutersViewInTheContextOfTheRequest() {
        Host host = host();

        assertThat(inRequestOf("ana", "premium", () -> host.model.chat("Oi"))).isEqualTo(PAID);
        assertThat(inRequestOf("bia", "free", () -> host.model.chat("Oi"))).isEqualTo(LOCAL);
    }

    @Test
    void outsideARequestTheRouterAnswersWithoutAContext() {
        assertThat(host().model.chat("Oi")).isEqualTo(LOCAL);
    }

    @Test
    void theStreamIsRoutedTheSameWay() throws InterruptedException {
        Host host = host();
        StreamRecorder stream = new StreamRecorder();
        inRequestOf("ana", "premium", () -> {
            host.stream.chat("Oi", stream);
            return stream;
        });

        assertThat(stream.awaitTerminals(1, Duration.ofSeconds(10))).isTrue();
        assertThat(stream.pieces()).containsExactly(PAID);
    }

    @Test
    void qualifiersReachTheModelsThemselves() {
        Host host = host();

        assertThat(inRequestOf("ana", "premium", () -> host.local.chat("Oi"))).isEqualTo(LOCAL);
        assertThat(host.paid.chat("Oi")).isEqualTo(PAID);
    }

    @Test
    void theRouterIsClosedWithTheContainer() {
        Host host = host();
        ModelRouter router = cdi.select(ModelRouter.class).get();

        cdi.close();

        assertThatThrownBy(() -> host.model.chat("Oi")).hasMessageContaining("router is closed");
        assertThatThrownBy(() -> router.chatModel().chat("Oi")).hasMessageContaining("router is closed");
    }
}
