package dev.melancia.judge;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.RetryAfter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Asks the judge's model for one verdict, a bounded number at once: again after a malformed verdict, and after the pause that
 * a busy server asked for. Thread-safe when the model is.
 */
final class JudgeCalls {

    /** Waits; the real one sleeps. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** A verdict, or why there is none. */
    record Verdict(Optional<String> value, String problem) {}

    private static final int MOST_PAUSES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int DEEPEST_CAUSE = 20;

    private final ChatModel model;
    private final JudgeSettings settings;
    private final UsageCount usage;
    private final Semaphore slots;

    JudgeCalls(ChatModel model, JudgeSettings settings, UsageCount usage) {
        this.model = model;
        this.settings = settings;
        this.usage = usage;
        slots = new Semaphore(settings.concurrency(), true);
    }

    /** What verdicts depend on beside the prompt: the model's name, as far as the model tells it, and the temperature. */
    String fingerprint() {
        String name = model.defaultRequestParameters().modelName();
        return "model " + (name == null ? "not named" : name) + (settings.temperatureZero() ? ", temperature 0" : "");
    }

    /** Never throws, but for an error of the JVM. */
    Verdict ask(JudgePrompt prompt, Verdicts verdicts) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none("interrupted before the judge was asked");
        }
        try {
            return asked(prompt, verdicts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none("interrupted while the judge was asked");
        } catch (RuntimeException e) {
            return none("the judge failed: " + e.getClass().getSimpleName());
        } finally {
            slots.release();
        }
    }

    private Verdict asked(JudgePrompt prompt, Verdicts verdicts) throws InterruptedException {
        List<ChatMessage> messages =
                new ArrayList<>(List.of(SystemMessage.from(prompt.instruction()), UserMessage.from(prompt.material())));
        for (int attempt = 0; attempt <= settings.retries(); attempt++) {
            String reply = reply(messages);
            Optional<String> verdict = verdicts.read(reply);
            if (verdict.isPresent()) {
                return new Verdict(verdict, "");
            }
            usage.malformed();
            messages.add(AiMessage.from(reply.isBlank() ? "-" : reply));
            messages.add(UserMessage.from(JudgePrompt.again(settings.language(), prompt.form())));
        }
        return none("the judge gave no verdict in " + (settings.retries() + 1) + " replies");
    }

    private String reply(List<ChatMessage> messages) throws InterruptedException {
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        if (settings.temperatureZero()) {
            request.temperature(0.0);
        }
        for (int pauses = 0; ; pauses++) {
            try {
                ChatResponse response = model.chat(request.build());
                usage.answered(TokenCounts.reported(response.tokenUsage()));
                String text = response.aiMessage().text();
                return text == null ? "" : text;
            } catch (RuntimeException e) {
                usage.failed();
                Optional<Duration> asked = retryAfter(e);
                if (asked.isEmpty() || pauses == MOST_PAUSES) {
                    throw e;
                }
                settings.pause().of(asked.get());
            }
        }
    }

    private static Optional<Duration> retryAfter(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof RetryAfter later) {
                Duration asked = later.retryAfter().isNegative() ? Duration.ZERO : later.retryAfter();
                return Optional.of(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private Verdict none(String problem) {
        usage.excluded();
        return new Verdict(Optional.empty(), problem);
    }
}
