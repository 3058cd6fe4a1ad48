package dev.melancia.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Chat completions of OpenAI and the many servers that follow them. */
final class OpenAiWire implements WireFormat {

    @Override
    public String basePath() {
        return "/v1";
    }

    @Override
    public Reply answer(String text, @Nullable TokenUsage usage) {
        ObjectNode answer = head("chat.completion");
        ObjectNode choice = choice(answer, "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        addUsage(answer, usage);
        return Reply.of(200, Json.TYPE, Json.write(answer));
    }

    @Override
    public Reply pieces(String... pieces) {
        Reply reply = Reply.streaming("text/event-stream");
        for (String piece : pieces) {
            ObjectNode chunk = head("chat.completion.chunk");
            choice(chunk, null).putObject("delta").put("content", piece);
            reply = reply.send(event(chunk));
        }
        return reply;
    }

    @Override
    public Reply stream(@Nullable TokenUsage usage, String... pieces) {
        ObjectNode finish = head("chat.completion.chunk");
        choice(finish, "stop").putObject("delta");
        Reply reply = pieces(pieces).send(event(finish));
        if (usage != null) {
            ObjectNode counts = head("chat.completion.chunk");
            counts.putArray("choices");
            addUsage(counts, usage);
            reply = reply.send(event(counts));
        }
        return reply.send("data: [DONE]\n\n").end();
    }

    @Override
    public Reply nothing() {
        ObjectNode answer = head("chat.completion");
        answer.putArray("choices");
        return Reply.of(200, Json.TYPE, Json.write(answer));
    }

    @Override
    public String failure(String message) {
        return event(errorOf(message));
    }

    @Override
    public Reply error(int status, String message) {
        return Reply.of(status, Json.TYPE, Json.write(errorOf(message)));
    }

    private static ObjectNode errorOf(String message) {
        ObjectNode answer = Json.object();
        answer.putObject("error").put("message", message).put("type", "api_error");
        return answer;
    }

    private static ObjectNode head(String kind) {
        return Json.object()
                .put("id", "chatcmpl-1")
                .put("object", kind)
                .put("created", 0)
                .put("model", "scripted");
    }

    private static ObjectNode choice(ObjectNode answer, @Nullable String finishReason) {
        return answer.putArray("choices").addObject().put("index", 0).put("finish_reason", finishReason);
    }

    private static void addUsage(ObjectNode answer, @Nullable TokenUsage usage) {
        if (usage != null) {
            answer.putObject("usage")
                    .put("prompt_tokens", usage.inputTokenCount())
                    .put("completion_tokens", usage.outputTokenCount())
                    .put("total_tokens", usage.totalTokenCount());
        }
    }

    private static String event(ObjectNode data) {
        return "data: " + Json.write(data) + "\n\n";
    }
}
