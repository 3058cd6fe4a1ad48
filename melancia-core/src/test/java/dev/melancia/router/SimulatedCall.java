package dev.melancia.router;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of a simulation, and everything that its host saw of it. */
abstract class SimulatedCall implements CallListener {

    final SimulatedWorld world;
    final String name;
    final List<CallRecord> records = new ArrayList<>();
    Optional<String> tenant = Optional.empty();
    ChatResponse response;
    Throwable error;
    long startNanos;
    long endNanos;
    int ends;

    SimulatedCall(SimulatedWorld world, String name) {
        this.world = world;
        this.name = name;
    }

    /** Makes the call, on a thread of the simulation. */
    abstract void make(ModelRouter router, CallContext context);

    /** Whether nothing more is to be expected by its host. */
    abstract boolean isOver();

    ChatRequest request() {
        String text = world.chance.of(.8) ? "how are you?" : "how are you? ".repeat(world.chance.between(1, 50));
        return ChatRequest.builder().messages(UserMessage.from(name, text)).build();
    }

    @Override
    public void onCall(CallRecord record) {
        world.tell(() -> name + " is recorded: " + record.outcome() + " after " + record.durationNanos() + " "
                + record.attempts().stream()
                        .map(a -> a + " at " + a.startOffsetNanos() + " for " + a.durationNanos() + " " + a.cost())
                        .toList());
        world.require(ends == 0, () -> name + " was recorded after its host was told");
        records.add(record);
    }

    void ended(ChatResponse given, Throwable thrown) {
        world.tell(() -> name + " ends: " + (given == null ? String.valueOf(thrown) : ScriptedModel.textOf(given)));
        response = given;
        error = thrown;
        endNanos = world.now();
        ends++;
    }

    /** A call that waits for its answer, and whose thread may be interrupted. */
    static final class Blocking extends SimulatedCall {

        private Thread thread;
        private boolean interrupted;
        private boolean stillInterrupted;

        Blocking(SimulatedWorld world, String name) {
            super(world, name);
        }

        @Override
        void make(ModelRouter router, CallContext context) {
            world.tell(() -> name + " begins");
            startNanos = world.now();
            thread = Thread.currentThread();
            try {
                ended(router.chatModel(context).chat(request()), null);
            } catch (Throwable e) { // whatever it is, the checks say whether it may be
                ended(null, e);
            }
            stillInterrupted = Thread.interrupted();
        }

        void interrupt() {
            if (thread != null && ends == 0) {
                world.tell(() -> name + " is interrupted");
                interrupted = true;
                thread.interrupt();
            }
        }

        @Override
        boolean isOver() {
            return ends > 0;
        }

        /** Whether an interrupt was lost, or one came up that nobody made. */
        boolean mistookAnInterrupt() {
            return interrupted != stillInterrupted;
        }
    }
}
