package dev.melancia.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real model, too small to judge: it answers prose, and nothing that it says may become a score. */
class OllamaJudgeIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int QUESTIONS = 3;

    @Test
    void aModelThatAnswersProseIsExcludedAndCounted() throws Exception {
        String server = System.getenv("MELANCIA_TEST_OLLAMA_URL");
        assumeTrue(server != null, "skipped: set MELANCIA_TEST_OLLAMA_URL to a real Ollama with a small model");
        Judge judge = Judge.builder(new Ollama(server, smallestModel(server))).build();
        Scorer scorer = judge.rubric(Rubric.of("clareza", "Clara e completa."));

        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            scores.add(scorer.score(Question.of("q" + i, "Qual é o prazo?", "30 dias"), Answer.of("Trinta dias.")));
        }

        long failed = scores.stream().filter(Score.Failed.class::isInstance).count();
        JudgeUsage usage = judge.usage();
        assertThat(usage.failedCalls()).as("calls that threw").isZero();
        assertThat(usage.excluded()).isEqualTo(failed);
        assertThat(usage.malformed()).isBetween(failed * 3, QUESTIONS * 3L);
        assertThat(usage.calls()).isEqualTo(usage.malformed() + QUESTIONS - failed);
        assertThat(usage.inputTokens()).isPositive();
        assertThat(failed).as("a model of this size gives no verdict").isPositive();
    }

    private static String smallestModel(String server) throws IOException, InterruptedException {
        JsonNode models = call(HttpRequest.newBuilder(URI.create(server + "/api/tags"))
                        .build())
                .get("models");
        assumeTrue(!models.isEmpty(), "skipped: the Ollama at MELANCIA_TEST_OLLAMA_URL has no model");
        JsonNode smallest = models.get(0);
        for (JsonNode model : models) {
            smallest = model.get("size").asLong() < smallest.get("size").asLong() ? model : smallest;
        }
        return smallest.get("name").asText();
    }

    private static JsonNode call(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private record Ollama(String server, String model) implements ChatModel {

        @Override
        public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
            ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", false);
            body.putObject("options").put("temperature", 0).put("num_predict", 32);
            request.messages()
                    .forEach(message -> body.withArray("messages")
                            .addObject()
                            .put("role", role(message))
                            .put("content", text(message)));
            try {
                JsonNode reply = call(HttpRequest.newBuilder(URI.create(server + "/api/chat"))
                        .timeout(Duration.ofMinutes(3))
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(
                                reply.get("message").get("content").asText()))
                        .tokenUsage(new TokenUsage(
                                reply.path("prompt_eval_count").asInt(),
                                reply.path("eval_count").asInt()))
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        private static String role(ChatMessage message) {
            return message instanceof SystemMessage ? "system" : message instanceof UserMessage ? "user" : "assistant";
        }

        private static String text(ChatMessage message) {
            if (message instanceof UserMessage user) {
                return user.singleText();
            }
            return message instanceof SystemMessage system ? system.text() : ((AiMessage) message).text();
        }
    }
}
