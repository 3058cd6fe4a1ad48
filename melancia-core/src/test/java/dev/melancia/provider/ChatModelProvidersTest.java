package dev.melancia.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChatModelProvidersTest {

    private static final String SERVICE_FILE = "META-INF/services/dev.melancia.provider.ChatModelProvider";

    @Test
    void findsWhatTheServiceFileNames() {
        ChatModelProviders providers = ChatModelProviders.discover(naming(FakeProvider.class.getName()));

        assertThat(providers.ids()).containsExactly("fake");
        assertThat(providers.failures()).isEmpty();
        assertThat(providers.provider("fake")).isInstanceOf(FakeProvider.class);
    }

    @Test
    void searchesOnlyWhenAsked() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(naming(FakeProvider.class.getName()));
        try {
            assertThat(ChatModelProviders.of().ids()).isEmpty();
            assertThat(ChatModelProviders.discover().ids()).containsExactly("fake");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void prefersTheProviderThatIsGiven() {
        FakeProvider given = new FakeProvider();

        ChatModelProviders providers = ChatModelProviders.discover(naming(FakeProvider.Twin.class.getName()), given);

        assertThat(providers.provider("fake")).isSameAs(given);
    }

    @Test
    void namesBothClassesOfADuplicate() {
        ClassLoader two = naming(FakeProvider.class.getName(), FakeProvider.Twin.class.getName());

        assertThatThrownBy(() -> ChatModelProviders.discover(two))
                .isInstanceOfSatisfying(
                        DuplicateProviderException.class,
                        e -> assertThat(e.id()).isEqualTo("fake"))
                .hasMessageContaining(FakeProvider.class.getName() + " and ")
                .hasMessageContaining(FakeProvider.Twin.class.getName())
                .hasMessageContaining("remove one");
        assertThatThrownBy(() -> ChatModelProviders.of(new FakeProvider(), new FakeProvider.Twin()))
                .isInstanceOf(DuplicateProviderException.class)
                .hasMessageContaining("register only one");
    }

    @Test
    void listsWhatWasFoundAndTheArtifactOfAnUnknownOne() {
        ChatModelProviders providers = ChatModelProviders.of(new FakeProvider("zebra"), new FakeProvider("ant"));

        assertThatThrownBy(() -> providers.chatModel(ModelSettings.of(ModelId.of("ollama/phi3"))))
                .isInstanceOfSatisfying(UnknownProviderException.class, e -> {
                    assertThat(e.id()).isEqualTo("ollama");
                    assertThat(e.found()).containsExactly("ant", "zebra");
                })
                .hasMessageContaining("[ant, zebra]")
                .hasMessageContaining("dev.melancia:melancia-provider-ollama");
        assertThatThrownBy(() -> providers.provider("acme"))
                .hasMessageContaining("add the artifact that has it")
                .hasMessageNotContaining("melancia-provider-acme");
    }

    @Test
    void keepsTheOthersWhenOneIsBroken() {
        ClassLoader mixed = naming(
                "dev.melancia.provider.NoSuchClass",
                FakeProvider.Throwing.class.getName(),
                FakeProvider.Misnamed.class.getName(),
                ModelIdTest.class.getName(),
                FakeProvider.class.getName());

        ChatModelProviders providers = ChatModelProviders.discover(mixed);

        assertThat(providers.ids()).containsExactly("fake");
        assertThat(providers.failures())
                .satisfiesExactly(
                        missing -> assertThat(missing).contains("NoSuchClass"),
                        throwing -> assertThat(throwing).contains("FakeProvider$Throwing"),
                        misnamed -> assertThat(misnamed)
                                .contains("FakeProvider$Misnamed")
                                .contains("Not An Id"),
                        noProvider -> assertThat(noProvider).contains("ModelIdTest"));
        assertThatThrownBy(() -> providers.provider("ollama"))
                .hasMessageContaining("could not be loaded")
                .hasMessageContaining("FakeProvider$Throwing");
    }

    @Test
    void givesUpOnAClassLoaderThatCannotLook() {
        ClassLoader broken = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("disk gone");
            }
        };

        assertThat(ChatModelProviders.discover(broken).failures()).isNotEmpty().hasSizeLessThan(50);
    }

    @Test
    void refusesToStreamWhereItIsNotDeclared() {
        ChatModelProviders providers = ChatModelProviders.of(new FakeProvider());
        ModelId model = ModelId.of("fake/m");

        assertThat(providers.streamingChatModel(ModelSettings.of(model))).isNotNull();
        assertThatThrownBy(() -> providers.streamingChatModel(
                        ModelSettings.builder(model).capabilities(Set.of()).build()))
                .isInstanceOf(ProviderConfigurationException.class)
                .hasMessageContaining("fake/m");
    }

    @Test
    void believesTheSettingsAboutWhatAModelCanDo() {
        ChatModelProviders providers = ChatModelProviders.of(new FakeProvider());
        ModelId model = ModelId.of("fake/m");

        assertThat(providers.capabilities(ModelSettings.of(model))).containsExactly(ModelCapability.STREAMING);
        assertThat(providers.capabilities(ModelSettings.builder(model)
                        .capabilities(Set.of(ModelCapability.TOOLS))
                        .build()))
                .containsExactly(ModelCapability.TOOLS);
    }

    /** A class loader whose only service file of providers names these classes. */
    private static ClassLoader naming(String... classes) {
        byte[] file = Arrays.stream(classes).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        return new ClassLoader(ChatModelProvidersTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals(SERVICE_FILE)
                        ? Collections.enumeration(List.of(new URL(null, "memory:services", new Memory(file))))
                        : super.getResources(name);
            }
        };
    }

    /** A URL of bytes in memory. */
    private static final class Memory extends URLStreamHandler {

        private final byte[] content;

        Memory(byte[] content) {
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
