package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A streaming model that does what a test says: one step a request, in order, the last one repeated. Each {@code then…}
 * and {@code with…} returns a new model with no requests recorded yet. It calls the handler on the caller's thread
 * unless {@link #on} gives another; after a cancel nothing more comes, as with langchain4j's own models. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScriptedStreamingChatModel implements StreamingChatModel {

    /** What one call does. */
    private interface Step {
        void stream(ChatRequest request, StreamingChatResponseHandler handler, @Nullable TokenUsage usage);
    }

    private final List<Step> steps;
    private final Script<Step, ChatRequest> script;
    private final @Nullable TokenUsage usage;
    private final List<ChatModelListener> listeners;
    private final Executor executor;

    private ScriptedStreamingChatModel(
            List<Step> steps, @Nullable TokenUsage usage, List<ChatModelListener> listeners, Executor executor) {
        this.steps = List.copyOf(steps);
        this.script = new Script<>(steps);
        this.usage = usage;
        this.listeners = List.copyOf(listeners);
        this.executor = executor;
    }

    /** Gives these pieces and completes. */
    public static ScriptedStreamingChatModel answering(String... pieces) {
        return of(ended(List.of(pieces), FinishReason.STOP));
    }

    /**
     * Gives whole responses, such as tool calls: the text, where there is one, as a single piece, then the response
     * untouched. What the function throws goes to the handler as the error.
     */
    public static ScriptedStreamingChatModel responding(Function<ChatRequest, ChatResponse> response) {
        requireNonNull(response, "response");
        return of((request, handler, usage) -> respond(response, request, handler));
    }

    /** Gives these pieces and then this error. */
    public static ScriptedStreamingChatModel failing(Throwable failure, String... piecesBefore) {
        return of(broken(failure, List.of(piecesBefore)));
    }

    /** Gives these pieces and completes without a finish reason: what a cut stream can look like. */
    public static ScriptedStreamingChatModel truncated(String... pieces) {
        return of(ended(List.of(pieces), null));
    }

    /** Gives these pieces and no terminal signal, ever. */
    public static ScriptedStreamingChatModel stalling(String... pieces) {
        return of(stalled(List.of(pieces)));
    }

    /** The next call gives these pieces and completes. */
    public ScriptedStreamingChatModel thenAnswering(String... pieces) {
        return then(ended(List.of(pieces), FinishReason.STOP));
    }

    /** The next call gives these pieces and then this error. */
    public ScriptedStreamingChatModel thenFailing(Throwable failure, String... piecesBefore) {
        return then(broken(failure, List.of(piecesBefore)));
    }

    /** The step said last waits at the gate before its first piece. */
    public ScriptedStreamingChatModel heldBy(Gate gate) {
        requireNonNull(gate, "gate");
        Step last = steps.get(steps.size() - 1);
        List<Step> earlier = steps.subList(0, steps.size() - 1);
        return withSteps(Script.then(earlier, (request, handler, tokens) -> {
            Answers.pass(gate);
            last.stream(request, handler, tokens);
        }));
    }

    /** Completed answers report this usage. */
    public ScriptedStreamingChatModel withTokenUsage(TokenUsage tokenUsage) {
        return new ScriptedStreamingChatModel(steps, requireNonNull(tokenUsage, "tokenUsage"), listeners, executor);
    }

    /** langchain4j calls these once a request, as for any model. */
    public ScriptedStreamingChatModel withListeners(ChatModelListener... modelListeners) {
        return new ScriptedStreamingChatModel(steps, usage, List.of(modelListeners), executor);
    }

    /** Where the handler is called; the test owns and closes the executor. */
    public ScriptedStreamingChatModel on(Executor handlerExecutor) {
        return new ScriptedStreamingChatModel(
                steps, usage, listeners, requireNonNull(handlerExecutor, "handlerExecutor"));
    }

    /** The requests so far, in the order in which they came. */
    public List<ChatRequest> requests() {
        return script.requests();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Step step = script.take(request);
        executor.execute(() -> step.stream(request, handler, usage));
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    private ScriptedStreamingChatModel then(Step step) {
        return withSteps(Script.then(steps, step));
    }

    private ScriptedStreamingChatModel withSteps(List<Step> newSteps) {
        return new ScriptedStreamingChatModel(newSteps, usage, listeners, executor);
    }

    private static ScriptedStreamingChatModel of(Step step) {
        return new ScriptedStreamingChatModel(List.of(step), null, List.of(), Runnable::run);
    }

    private static Step ended(List<String> pieces, @Nullable FinishReason reason) {
        return (request, handler, usage) -> {
            if (give(pieces, handler)) {
                handler.onCompleteResponse(Answers.response(String.join("", pieces), request, usage, reason));
            }
        };
    }

    private static Step broken(Throwable failure, List<String> pieces) {
        requireNonNull(failure, "failure");
        return (request, handler, usage) -> {
            if (give(pieces, handler)) {
                handler.onError(failure);
            }
        };
    }

    private static Step stalled(List<String> pieces) {
        return (request, handler, usage) -> give(pieces, handler);
    }

    private static void respond(
            Function<ChatRequest, ChatResponse> response, ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse whole;
        try {
            whole = response.apply(request);
        } catch (RuntimeException e) {
            handler.onError(e);
            return;
        }
        String text = whole.aiMessage().text();
        if (give(text == null ? List.of() : List.of(text), handler)) {
            handler.onCompleteResponse(whole);
        }
    }

    /** False when the handler cancelled. */
    private static boolean give(List<String> pieces, StreamingChatResponseHandler handler) {
        CancelFlag flag = new CancelFlag();
        PartialResponseContext context = new PartialResponseContext(flag);
        for (String piece : pieces) {
            if (flag.isCancelled()) {
                return false;
            }
            handler.onPartialResponse(new PartialResponse(piece), context);
        }
        return !flag.isCancelled();
    }
}
