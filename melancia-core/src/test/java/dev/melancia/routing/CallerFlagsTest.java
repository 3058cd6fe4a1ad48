package dev.melancia.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flag of a policy may look at. */
class CallerFlagsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tier", "tenant", "team"})
    void aFlagSeesTierTenantAndTags(String name) throws Exception {
        Path file = folder.resolve("flags.json");
        Files.writeString(file, """
                {"flags": {"big": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off",
                  "targeting": {"if": [{"==": [{"var": "NAME"}, "x"]}, "on"]}}}}
                """.replace("NAME", name));
        FeatureFlags flags =
                FeatureFlags.builder().environment(any -> null).file(file).build();
        RoutingTable table = RoutingPolicy.builder("p")
                .rule("flag", Condition.flagOn("big"), Target.models("a/big"))
                .otherwise(Target.models("a/small"))
                .build()
                .bind(
                        List.of(
                                Candidate.builder("a/small").build(),
                                Candidate.builder("a/big").build()),
                        flags);
        CallContext all =
                CallContext.builder().tier("x").tenant("x").tag("team", "x").build();

        assertThat(first(table, all)).isEqualTo("a/big");
        assertThat(first(table, CallContext.empty())).isEqualTo("a/small");
    }

    private static String first(RoutingTable table, CallContext context) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Oi")).build();
        return table.decide(request, context, HealthSnapshot.allAvailable(), 7)
                .candidates()
                .get(0)
                .id()
                .toString();
    }
}
