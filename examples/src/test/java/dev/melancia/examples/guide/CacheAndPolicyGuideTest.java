package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.router.ModelRouter;
import dev.melancia.testkit.ScriptedChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheAndPolicyGuideTest {

    @Test
    void theCacheAnswersTheSecondTimeUnlessToldOtherwise() {
        ScriptedChatModel model = ScriptedChatModel.answering("Oi!");
        try (ModelRouter router = CacheGuide.router(model)) {
            List<ChatModel> modes = CacheGuide.modes(router);
            router.chatModel().chat("Olá");
            router.chatModel().chat("Olá");
            assertThat(model.requests()).hasSize(1);
            modes.forEach(view -> view.chat("Olá"));
            assertThat(model.requests()).hasSize(3);
        }
    }

    @Test
    void aPolicyFileIsReadAndPrintedBack(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.json"),
                "{\"policy\":\"all-local\",\"rules\":[],\"otherwise\":{\"tier\":\"local\"}}");
        assertThat(PolicyFileGuide.printedBack(file)).contains("\"policy\"", "all-local", "\"otherwise\"");
    }
}
