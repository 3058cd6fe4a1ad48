package dev.melancia.trace;

import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls whose texts are still to come. They come a moment after the call, from the same thread, or not at all, as for a call that
 * was refused; so each waits for one or two rounds of the writer. Confined to the writer's thread.
 */
final class Waiting {

    private Map<CallId, CallRecord> fresh = new HashMap<>();
    private Map<CallId, CallRecord> stale = new HashMap<>();

    void add(CallRecord call) {
        fresh.put(call.id(), call);
    }

    /** The call waits no more. */
    void remove(CallId id) {
        if (fresh.remove(id) == null) {
            stale.remove(id);
        }
    }

    /** The call with this id if it waits; it waits no more. */
    List<CallRecord> take(CallId id) {
        List<CallRecord> taken = new ArrayList<>();
        CallRecord call = fresh.getOrDefault(id, stale.get(id));
        if (call != null) {
            taken.add(call);
            remove(id);
        }
        return taken;
    }

    /** A round is over: those that waited before it wait no more. */
    List<CallRecord> takeStale() {
        List<CallRecord> taken = List.copyOf(stale.values());
        stale = fresh;
        fresh = new HashMap<>();
        return taken;
    }
}
