package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that does what a test says, for the unit tests of applications: steps in order, the last one repeated. Each
 * {@code then…} and {@code with…} returns a new model with no requests recorded yet. Not for measuring speed. Without
 * {@link #withTokenUsage} it reports no usage, as many servers do. Thread-safe: of parallel calls each takes one step.
 *
 * @since 0.1.0
 */
public final class ScriptedChatModel implements ChatModel {

    /** What one call does. */
    private interface Step {
        ChatResponse answer(ChatRequest request, @Nullable TokenUsage usage);
    }

    private final List<Step> steps;
    private final Script<Step, ChatRequest> script;
    private final @Nullable TokenUsage usage;
    private final List<ChatModelListener> listeners;
    private final Set<Capability> capabilities;

    private ScriptedChatModel(
            List<Step> steps,
            @Nullable TokenUsage usage,
            List<ChatModelListener> listeners,
            Set<Capability> capabilities) {
        this.steps = List.copyOf(steps);
        this.script = new Script<>(steps);
        this.usage = usage;
        this.listeners = List.copyOf(listeners);
        this.capabilities = Set.copyOf(capabilities);
    }

    /** Gives this answer. */
    public static ScriptedChatModel answering(String answer) {
        return of(textOf(answer));
    }

    /** Makes each answer from its request; what the function throws, the call throws. */
    public static ScriptedChatModel answering(Function<ChatRequest, String> answer) {
        requireNonNull(answer, "answer");
        return of((request, usage) -> Answers.finished(answer.apply(request), request, usage));
    }

    /** Gives whole responses, such as tool calls, or finishes without a reason; they are passed on untouched. */
    public static ScriptedChatModel responding(Function<ChatRequest, ChatResponse> response) {
        requireNonNull(response, "response");
        return of((request, usage) -> response.apply(request));
    }

    /** Throws this. */
    public static ScriptedChatModel failing(RuntimeException failure) {
        return of(failureOf(failure));
    }

    /** The next call gives this answer. */
    public ScriptedChatModel thenAnswering(String answer) {
        return then(textOf(answer));
    }

    /** The next call throws this. */
    public ScriptedChatModel thenFailing(RuntimeException failure) {
        return then(failureOf(failure));
    }

    /**
     * The step said last waits at the gate first, so {@code answering("…").heldBy(gate)} hangs until the test opens it.
     */
    public ScriptedChatModel heldBy(Gate gate) {
        requireNonNull(gate, "gate");
        Step last = steps.get(steps.size() - 1);
        List<Step> earlier = steps.subList(0, steps.size() - 1);
        return withSteps(Script.then(earlier, (request, tokens) -> {
            Answers.pass(gate);
            return last.answer(request, tokens);
        }));
    }

    /** Scripted answers report this usage. */
    public ScriptedChatModel withTokenUsage(TokenUsage tokenUsage) {
        return new ScriptedChatModel(steps, requireNonNull(tokenUsage, "tokenUsage"), listeners, capabilities);
    }

    /** langchain4j calls these once a request, as for any model. */
    public ScriptedChatModel withListeners(ChatModelListener... modelListeners) {
        return new ScriptedChatModel(steps, usage, List.of(modelListeners), capabilities);
    }

    /** What the model says it can do; nothing by default. */
    public ScriptedChatModel withCapabilities(Capability... modelCapabilities) {
        return new ScriptedChatModel(steps, usage, listeners, Set.of(modelCapabilities));
    }

    /** The requests so far, in the order in which they came. */
    public List<ChatRequest> requests() {
        return script.requests();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return script.take(request).answer(request, usage);
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return capabilities;
    }

    private ScriptedChatModel then(Step step) {
        return withSteps(Script.then(steps, step));
    }

    private ScriptedChatModel withSteps(List<Step> newSteps) {
        return new ScriptedChatModel(newSteps, usage, listeners, capabilities);
    }

    private static ScriptedChatModel of(Step step) {
        return new ScriptedChatModel(List.of(step), null, List.of(), Set.of());
    }

    private static Step textOf(String answer) {
        requireNonNull(answer, "answer");
        return (request, usage) -> Answers.finished(answer, request, usage);
    }

    private static Step failureOf(RuntimeException failure) {
        requireNonNull(failure, "failure");
        return (request, usage) -> {
            throw failure;
        };
    }
}
