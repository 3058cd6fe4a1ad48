package dev.melancia.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Ollama's own {@code /api/chat}. */
final class OllamaWire implements WireFormat {

    @Override
    public String basePath() {
        return "";
    }

    @Override
    public Reply answer(String text, @Nullable TokenUsage usage) {
        return Reply.of(200, Json.TYPE, Json.write(last(text, usage)));
    }

    @Override
    public Reply pieces(String... pieces) {
        Reply reply = Reply.streaming("application/x-ndjson");
        for (String piece : pieces) {
            reply = reply.send(line(message(piece, false)));
        }
        return reply;
    }

    @Override
    public Reply stream(@Nullable TokenUsage usage, String... pieces) {
        return pieces(pieces).send(line(last("", usage))).end();
    }

    @Override
    public Reply nothing() {
        ObjectNode answer = Json.object().put("model", "scripted").put("created_at", "2026-01-01T00:00:00Z");
        return Reply.of(200, Json.TYPE, Json.write(answer.put("done", true)));
    }

    @Override
    public String failure(String message) {
        return line(Json.object().put("error", message));
    }

    @Override
    public Reply error(int status, String message) {
        return Reply.of(status, Json.TYPE, Json.write(Json.object().put("error", message)));
    }

    private static ObjectNode last(String text, @Nullable TokenUsage usage) {
        ObjectNode last = message(text, true).put("done_reason", "stop");
        if (usage != null) {
            last.put("prompt_eval_count", usage.inputTokenCount()).put("eval_count", usage.outputTokenCount());
        }
        return last;
    }

    private static ObjectNode message(String text, boolean done) {
        ObjectNode message = Json.object().put("model", "scripted").put("created_at", "2026-01-01T00:00:00Z");
        message.putObject("message").put("role", "assistant").put("content", text);
        return message.put("done", done);
    }

    private static String line(ObjectNode data) {
        return Json.write(data) + "\n";
    }
}
