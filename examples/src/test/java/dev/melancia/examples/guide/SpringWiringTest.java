package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.router.ModelRouter;
import dev.melancia.testkit.StreamRecorder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.Scope;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The wiring guide's configuration in a real Spring context, with models that say their own name. */
class SpringWiringTest {

    private static final String LOCAL = "ollama/phi3:mini";
    private static final String PAID = "openai/gpt-4o-mini";

    private final RequestScope requests = new RequestScope();
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();

    /** A bean of the host, which knows langchain4j's types only. */
    record Host(ChatModel model, StreamingChatModel stream, ChatModel local, ChatModel paid) {

        Host(
                ChatModel model,
                StreamingChatModel stream,
                @Qualifier("local") ChatModel local,
                @Qualifier("paid") ChatModel paid) {
            this.model = model;
            this.stream = stream;
            this.local = local;
            this.paid = paid;
        }
    }

    /** As spring-web's: one bean a request of this thread, and an exception outside. */
    private static final class RequestScope implements Scope {

        private static final ThreadLocal<Map<String, Object>> REQUEST = new ThreadLocal<>();

        void begin() {
            REQUEST.set(new HashMap<>());
        }

        void end() {
            REQUEST.remove();
        }

        @Override
        public Object get(String name, ObjectFactory<?> factory) {
            Map<String, Object> beans = REQUEST.get();
            if (beans == null) {
                throw new IllegalStateException("no request on this thread");
            }
            return beans.computeIfAbsent(name, ignored -> factory.getObject());
        }

        @Override
        public Object remove(String name) {
            return REQUEST.get().remove(name);
        }

        @Override
        public Object resolveContextualObject(String key) {
            return null;
        }

        @Override
        public String getConversationId() {
            return Thread.currentThread().getName();
        }

        @Override
        public void registerDestructionCallback(String name, Runnable callback) {
            // nothing here outlives its request
        }
    }

    @BeforeEach
    void start() {
        spring.getBeanFactory().registerScope("request", requests);
        spring.registerBean(
                "providers",
                ChatModelProviders.class,
                () -> ChatModelProviders.of(new FakeProvider("ollama"), new FakeProvider("openai")));
        spring.register(SpringWiring.class, Host.class);
        spring.refresh();
    }

    @AfterEach
    void stop() {
        spring.close();
    }

    private <T> T inRequestOf(String user, String tier, Supplier<T> work) {
        requests.begin();
        try {
            spring.getBean(CurrentUser.class).signIn(user, tier);
            return work.get();
        } finally {
            requests.end();
        }
    }

    private Host host() {
        return spring.getBean(Host.class);
    }

    @Test
    void theUnqualifiedModelIsTheRoutersViewInTheContextOfTheRequest() {
        ChatModel model = host().model();

        assertThat(model).isSameAs(spring.getBean(ChatModel.class));
        assertThat(inRequestOf("ana", "premium", () -> model.chat("Oi"))).isEqualTo(PAID);
        assertThat(inRequestOf("bia", "free", () -> model.chat("Oi"))).isEqualTo(LOCAL);
    }

    @Test
    void outsideARequestTheRouterAnswersWithoutAContext() {
        assertThat(host().model().chat("Oi")).isEqualTo(LOCAL);
    }

    @Test
    void theStreamIsRoutedTheSameWay() throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        inRequestOf("ana", "premium", () -> {
            host().stream().chat("Oi", stream);
            return stream;
        });

        assertThat(stream.awaitTerminals(1, Duration.ofSeconds(10))).isTrue();
        assertThat(stream.pieces()).containsExactly(PAID);
    }

    @Test
    void qualifiersReachTheModelsThemselves() {
        ChatModel local = host().local();

        assertThat(inRequestOf("ana", "premium", () -> local.chat("Oi"))).isEqualTo(LOCAL);
        assertThat(host().paid().chat("Oi")).isEqualTo(PAID);
        assertThat(spring.getBeansOfType(ChatModel.class)).hasSize(3);
    }

    @Test
    void theRouterIsClosedWithTheContext() {
        Host host = host();
        ModelRouter router = spring.getBean(ModelRouter.class);

        spring.close();

        assertThatThrownBy(() -> host.model().chat("Oi")).hasMessageContaining("router is closed");
        assertThatThrownBy(() -> router.chatModel().chat("Oi")).hasMessageContaining("router is closed");
    }
}
