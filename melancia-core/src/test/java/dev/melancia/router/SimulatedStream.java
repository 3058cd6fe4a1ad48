package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.melancia.call.CallContext;

/** A call that hears its answer piece by piece: a host that may be slow, cancel, or break. */
final class SimulatedStream extends SimulatedCall implements StreamingChatResponseHandler {

    private final int slowMillis;
    private final int cancelsAt;
    private final int breaksAt;
    private final boolean breaksAtTheEnd;
    private final boolean cancelsLater;
    private String heard;
    private int pieces;
    private boolean called;
    private boolean cancelled;

    /** @param slowMillis what a handler may take at most, 0 where hosts are fast */
    SimulatedStream(SimulatedWorld world, String name, int slowMillis) {
        super(world, name);
        this.slowMillis = slowMillis;
        this.cancelsAt = world.chance.of(.25) ? world.chance.below(4) : -1;
        this.breaksAt = world.chance.of(.1) ? world.chance.below(4) : -1;
        this.breaksAtTheEnd = world.chance.of(.05);
        this.cancelsLater = world.chance.of(.5);
    }

    @Override
    void make(ModelRouter router, CallContext context) {
        world.tell(() -> name + " begins");
        startNanos = world.now();
        router.streamingChatModel(context).chat(request(), this);
        called = true;
    }

    @Override
    boolean isOver() {
        return called && (ends > 0 || cancelled);
    }

    /** Whether the host cancelled and was heard. */
    boolean wasCancelled() {
        return cancelled;
    }

    /** Whether a piece reached the host. */
    boolean hasHeard() {
        return heard != null;
    }

    private void hear(String piece, StreamingHandle handle) {
        world.tell(() -> name + " hears " + piece);
        expectMore(piece);
        String stream = piece.substring(0, piece.lastIndexOf(':'));
        world.require(heard == null || heard.equals(stream), () -> name + " hears " + heard + ", then " + piece);
        world.require(piece.equals(stream + ":" + pieces), () -> name + " hears " + piece + " as number " + pieces);
        heard = stream;
        pieces++;
        if (handle != null && pieces > cancelsAt && cancelsAt >= 0) {
            if (cancelsLater) {
                world.at(world.chance.nanosUpTo(300), () -> cancel(handle));
            } else {
                cancel(handle);
            }
        }
        if (slowMillis > 0 && world.chance.of(.3)) {
            world.sleep(world.chance.nanosUpTo(slowMillis), true);
        }
        if (pieces > breaksAt && breaksAt >= 0) {
            world.tell(() -> name + " breaks");
            throw new IllegalStateException("scripted: the host is broken");
        }
    }

    private void cancel(StreamingHandle handle) {
        if (ends == 0 && !cancelled) {
            handle.cancel();
            cancelled = handle.isCancelled();
            world.tell(() -> name + " cancels" + (cancelled ? "" : ", too late"));
        }
    }

    private void expectMore(String what) {
        world.require(ends == 0, () -> name + " hears " + what + " after its end");
        world.require(!cancelled, () -> name + " hears " + what + " after it cancelled");
    }

    @Override
    public void onPartialResponse(String piece) {
        hear(piece, null);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        hear(piece.text(), context.streamingHandle());
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        hear(piece.text(), context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        hear(piece.name(), null);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        expectMore(event.toString());
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        end(complete, null);
    }

    @Override
    public void onError(Throwable thrown) {
        end(null, thrown);
    }

    private void end(ChatResponse complete, Throwable thrown) {
        expectMore("its end");
        world.require(records.size() == 1, () -> name + " was told its end with " + records.size() + " records before");
        ended(complete, thrown);
        if (breaksAtTheEnd) {
            throw new IllegalStateException("scripted: the host breaks at the end");
        }
    }
}
