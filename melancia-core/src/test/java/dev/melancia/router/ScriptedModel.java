package dev.melancia.router;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.routing.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A model of a simulation: fast or slow, sound or broken, and never twice the same. */
final class ScriptedModel implements ChatModel {

    final Candidate candidate;
    final Map<String, Integer> asked = new HashMap<>();
    final Map<String, Long> askedAt = new HashMap<>();
    private final SimulatedWorld world;
    private final Consumer<String> onReturn;
    private final double failures;
    private final double hangs;
    private final int mostMillis;
    private int inside;
    private int answers;

    /** From now on every question is answered at once. */
    boolean sound;

    /** @param onReturn told the call whose model returned, in one piece */
    ScriptedModel(SimulatedWorld world, Candidate candidate, Consumer<String> onReturn) {
        this.world = world;
        this.onReturn = onReturn;
        this.candidate = candidate;
        this.failures = world.chance.oneOf(.05, .3, .6, .95);
        this.hangs = world.chance.oneOf(0., .05, .3);
        this.mostMillis = world.chance.oneOf(0, 100, 600, 2_500);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        enter(request);
        try {
            return sound ? answer(FinishReason.STOP) : script();
        } finally {
            inside--;
            world.tell(() -> candidate.id() + " returns");
            onReturn.accept(callOf(request));
        }
    }

    private ChatResponse script() {
        boolean deaf = world.chance.of(.2);
        boolean undisturbed = world.chance.of(hangs) ? world.hang(deaf) : world.sleep(latency(), deaf);
        if (!undisturbed) {
            if (world.chance.of(.3)) {
                world.sleep(latency(), true); // it takes its time to end
            }
            if (world.chance.of(.8)) {
                throw new RuntimeException("scripted", new InterruptedException("scripted"));
            }
        }
        if (world.chance.of(failures)) {
            throw ScriptedFailures.<RuntimeException>sneaky(told(ScriptedFailures.any(world.chance)));
        }
        return world.chance.of(.01) ? null : answer(FinishReason.STOP);
    }

    /** The same model, piece by piece. */
    StreamingChatModel streaming() {
        return new StreamingChatModel() {
            @Override
            public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
                stream(request, handler);
            }
        };
    }

    private void stream(ChatRequest request, StreamingChatResponseHandler handler) {
        enter(request);
        try {
            ScriptedStream stream = new ScriptedStream(world, this, handler);
            boolean here = sound || world.chance.of(.5);
            if (here) {
                stream.run();
            } else {
                world.begin(latency(), stream);
            }
            boolean mayThrow =
                    !sound && (here || !world.locksAreHeld); // a lock held by a waiting thread blocks for real
            if (mayThrow && world.chance.of(failures / 10)) {
                throw ScriptedFailures.<RuntimeException>sneaky(told(ScriptedFailures.any(world.chance)));
            }
        } finally {
            inside--;
            world.tell(() -> candidate.id() + " returns");
        }
    }

    private void enter(ChatRequest request) {
        String call = callOf(request);
        inside++;
        asked.merge(call, 1, Integer::sum);
        askedAt.put(call, world.now());
        world.tell(() -> candidate.id() + " is asked by " + call + ", " + inside + " run");
        world.require(
                inside <= candidate.maxConcurrentCalls(), () -> candidate.id() + " runs " + inside + " calls at once");
    }

    private static String callOf(ChatRequest request) {
        return ((UserMessage) request.messages().get(0)).name();
    }

    Throwable told(Throwable error) {
        world.tell(() -> candidate.id() + " fails with " + FailureClassifier.classify(error) + ", wait "
                + FailureClassifier.retryAfterNanos(error));
        return error;
    }

    boolean fails() {
        return !sound && world.chance.of(failures);
    }

    boolean hangs() {
        return !sound && world.chance.of(hangs);
    }

    long latency() {
        return sound ? 0 : world.chance.nanosUpTo(mostMillis);
    }

    /** An answer with a text of its own, with or without a count of tokens. */
    ChatResponse answer(FinishReason reason) {
        String text = candidate.id() + "#" + answers++;
        TokenUsage usage = sound || world.chance.of(.8) ? usage() : null;
        world.tell(() -> candidate.id() + " answers " + text + " " + usage + " " + reason);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .tokenUsage(usage)
                .finishReason(reason)
                .build();
    }

    private TokenUsage usage() {
        if (sound) {
            return new TokenUsage(1, 1); // so that budgets last
        }
        int window = candidate.contextWindow().orElse(1_000);
        int input = world.chance.of(.2) ? window : 1 + world.chance.below(window - 1);
        return new TokenUsage(input, 1 + world.chance.below(300));
    }

    /** Names the model that gave an answer, and the call of it. */
    static String textOf(ChatResponse response) {
        return response.aiMessage().text();
    }
}
