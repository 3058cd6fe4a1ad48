package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.call.CallContext;
import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptMessage;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry of prompts does wherever it is kept; each store has a short subclass. */
abstract class PromptRegistryContract {

    final String name = "answer-" + UUID.randomUUID();
    private final List<PromptRegistry> opened = new ArrayList<>();
    PromptRegistry registry;

    /** Another view of the same store, as another process would have it. */
    abstract PromptRegistry open();

    PromptRegistry opened() {
        PromptRegistry fresh = open();
        opened.add(fresh);
        return fresh;
    }

    @BeforeEach
    void openRegistry() {
        registry = opened();
    }

    @AfterEach
    void closeRegistries() {
        opened.forEach(PromptRegistry::close);
    }

    PromptVersion register(String text) {
        return registry.register(NewPrompt.of(name, PromptTemplate.text(text)).build());
    }

    @Test
    void aVersionIsReadBackAsItWasRegistered() {
        PromptTemplate chat = PromptTemplate.chat(
                List.of(PromptMessage.system("Você é {{ style }}"), PromptMessage.user("{{ question }} {\"a\":1}")));
        registry.register(NewPrompt.of(name, chat)
                .message("primeira \"versão\"")
                .tag("autor", "Ana")
                .responseFormat("{\"type\":\"object\"}")
                .modelConfig("{\"temperature\":0.2}")
                .build());
        register("line\nline {{ x }} 😀");

        PromptVersion read = opened().load(name, 1);
        assertThat(read.label()).isEqualTo(name + "@1");
        assertThat(read.template()).isEqualTo(chat);
        assertThat(read.message()).isEqualTo("primeira \"versão\"");
        assertThat(read.tags()).isEqualTo(Map.of("autor", "Ana"));
        assertThat(read.responseFormat()).contains("{\"type\":\"object\"}");
        assertThat(read.modelConfig()).contains("{\"temperature\":0.2}");
        assertThat(opened().load(name, 2).template().fill(Map.of("x", "y"))).isEqualTo("line\nline y 😀");
        assertThat(registry.versions(name)).extracting(PromptVersion::version).containsExactly(2, 1);
    }

    @Test
    void labelsGoOntoCallRecords() {
        register("x");
        registry.setAlias(name, "production", 1);
        ServedPrompt served = registry.byAlias(name, "production");

        CallContext context =
                CallContext.builder().promptVersion(served.label()).build();
        assertThat(context.promptVersion()).contains(name + "@1");
    }

    @Test
    void aliasesAndTheNewestVersionAreSeenAtOnceWhereTheyAreChanged() {
        register("one");
        register("two");
        registry.setAlias(name, "production", 1);
        assertThat(registry.byAlias(name, "production").prompt().version()).isEqualTo(1);
        assertThat(registry.latest(name).prompt().version()).isEqualTo(2);
        registry.setAlias(name, "production", 2);
        assertThat(registry.byAlias(name, "production").template().text()).isEqualTo("two");
        register("three");
        assertThat(registry.latest(name).prompt().version()).isEqualTo(3);
        assertThat(registry.latest(name).stale()).isFalse();
        registry.deleteAlias(name, "production");
        registry.deleteAlias(name, "production");
        assertMissing(() -> registry.byAlias(name, "production"));
    }

    @Test
    void aKeyMakesOneVersion() {
        NewPrompt prompt =
                NewPrompt.of(name, PromptTemplate.text("x")).key("build 7").build();

        assertThat(registry.register(prompt).version()).isEqualTo(1);
        assertThat(opened().register(prompt).version()).isEqualTo(1);
        assertThat(registry.versions(name)).hasSize(1);
    }

    @Test
    void processesAtOnceGiveNoNumberTwice() throws Exception {
        PromptRegistry other = opened();
        register("first");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<PromptVersion>> work = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                PromptRegistry one = i % 2 == 0 ? registry : other;
                NewPrompt prompt =
                        NewPrompt.of(name, PromptTemplate.text("text " + i)).build();
                work.add(() -> one.register(prompt));
            }
            List<Integer> versions = new ArrayList<>();
            for (Future<PromptVersion> made : threads.invokeAll(work)) {
                versions.add(made.get().version());
                assertThat(opened().load(name, made.get().version()).template())
                        .isEqualTo(made.get().template());
            }
            assertThat(versions).doesNotHaveDuplicates().hasSize(20);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theLongestTextIsKept() {
        String longest = "é\n".repeat(50_000);
        register(longest);

        assertThat(opened().load(name, 1).template().text()).isEqualTo(longest);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThat(registry.versions(name)).isEmpty();
        assertMissing(() -> registry.load(name, 1));
        assertMissing(() -> registry.latest(name));
        assertMissing(() -> registry.byAlias(name, "production"));
        assertMissing(() -> registry.setAlias(name, "production", 1));
        assertMissing(() -> registry.deleteAlias(name, "production"));
        register("x");
        assertMissing(() -> registry.load(name, 2));
        assertMissing(() -> registry.byAlias(name, "production"));
        assertMissing(() -> registry.setAlias(name, "production", 2));
    }

    @Test
    void whatCannotBeIsRefused() {
        register("x");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.load(name, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.setAlias(name, "production", 0));
        for (String alias : List.of("latest", "v1", "", "a b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> registry.setAlias(name, alias, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> registry.byAlias(name, alias));
        }
    }

    private static void assertMissing(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NoSuchElementException.class);
    }
}
