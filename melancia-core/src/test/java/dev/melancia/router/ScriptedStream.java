package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;

/** What one stream sends: pieces, silence, an end, two ends, or something after the end. */
final class ScriptedStream implements Runnable, StreamingHandle {

    private final SimulatedWorld world;
    private final ScriptedModel model;
    private final StreamingChatResponseHandler out;
    private final int pieces;
    private final boolean heedsCancel;
    private final boolean plain;
    private final String text;
    private int sent;
    private boolean cancelled;

    ScriptedStream(SimulatedWorld world, ScriptedModel model, StreamingChatResponseHandler out) {
        this.world = world;
        this.model = model;
        this.out = out;
        this.pieces = world.chance.below(5);
        this.heedsCancel = world.chance.of(.7);
        this.plain = world.chance.of(.2);
        this.text = model.candidate.id() + "~" + world.chance.below(1_000_000);
    }

    @Override
    public void run() {
        boolean fails = model.fails();
        boolean hangs = model.hangs();
        int until = fails || hangs ? world.chance.below(pieces + 1) : pieces;
        if (!sends(until)) {
            return;
        }
        if (hangs) {
            world.tell(() -> text + " hangs");
            world.hang(true);
        }
        world.sleep(model.latency(), true);
        if (heedsCancel && cancelled) {
            return;
        }
        end(fails || hangs);
        if (!model.sound && world.chance.of(.15)) {
            afterTheEnd();
        }
    }

    private boolean sends(int count) {
        while (sent < count) {
            world.sleep(model.latency() / 2, true);
            if (heedsCancel && cancelled) {
                return false;
            }
            piece();
        }
        return true;
    }

    private void end(boolean fails) {
        if (fails) {
            Throwable error = world.chance.of(.05) ? null : model.told(ScriptedFailures.any(world.chance));
            world.guarded(() -> out.onError(error));
        } else {
            FinishReason reason = model.sound || world.chance.of(.9) ? FinishReason.STOP : null;
            ChatResponse response = model.sound || world.chance.of(.98) ? model.answer(reason) : null;
            world.guarded(() -> out.onCompleteResponse(response));
        }
    }

    private void afterTheEnd() {
        world.sleep(world.chance.nanosUpTo(200), true);
        if (world.chance.of(.5)) {
            piece();
        }
        end(world.chance.of(.5));
    }

    private void piece() {
        int kind = plain ? 0 : world.chance.below(5);
        String name = text + ":" + (kind == 4 ? "raw" : sent++);
        world.tell(() -> "piece " + name);
        world.guarded(() -> send(kind, name));
    }

    private void send(int kind, String name) {
        switch (kind) {
            case 0 -> out.onPartialResponse(name);
            case 1 -> out.onPartialResponse(new PartialResponse(name), new PartialResponseContext(this));
            case 2 -> out.onPartialThinking(new PartialThinking(name), new PartialThinkingContext(this));
            case 3 ->
                out.onPartialToolCall(PartialToolCall.builder()
                        .index(0)
                        .name(name)
                        .partialArguments("{}")
                        .build());
            default -> List.of(name).forEach(out::onUnmappedRawEvent);
        }
    }

    @Override
    public void cancel() {
        world.tell(() -> text + " is cancelled");
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
