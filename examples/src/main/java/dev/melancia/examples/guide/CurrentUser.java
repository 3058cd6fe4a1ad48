package dev.melancia.examples.guide;

import dev.melancia.call.CallContext;

/** What the wiring guide's host knows of whoever asks; one a request. */
// region user
class CurrentUser {

    private CallContext context = CallContext.empty();

    /** A filter of the host calls this when it knows who asks. */
    void signIn(String userId, String tier) {
        context = CallContext.builder().userId(userId).tier(tier).build();
    }

    CallContext context() {
        return context;
    }
}
// endregion
