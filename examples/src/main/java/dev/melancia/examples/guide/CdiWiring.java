package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.router.ModelRouter;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** The wiring guide's code for CDI. */
// region cdi
@Dependent
class CdiWiring {

    @Produces
    @Singleton
    ChatModelProviders providers() {
        return ChatModelProviders.discover();
    }

    @Produces
    @Singleton
    @Tier("local")
    ChatModel local(ChatModelProviders providers) {
        return providers.chatModel(Wiring.PHI3);
    }

    @Produces
    @Singleton
    @Tier("paid")
    ChatModel paid(ChatModelProviders providers) {
        return providers.chatModel(Wiring.GPT);
    }

    @Produces
    @Singleton // not @ApplicationScoped: that wants a proxy, and the class is final
    ModelRouter router(@Tier("local") ChatModel local, @Tier("paid") ChatModel paid, ChatModelProviders providers) {
        return Wiring.router(local, paid, providers);
    }

    void close(@Disposes ModelRouter router) {
        router.close();
    }

    @Produces
    @Singleton // no qualifier, so it is @Default: whoever injects a ChatModel gets the router's view
    ChatModel routed(ModelRouter router, Supplier<CallContext> caller) {
        return router.chatModel(caller);
    }

    @Produces
    @Singleton
    StreamingChatModel routedStream(ModelRouter router, Supplier<CallContext> caller) {
        return router.streamingChatModel(caller);
    }

    @Produces
    @RequestScoped
    CurrentUser currentUser() {
        return new CurrentUser();
    }

    @Produces
    @Singleton
    Supplier<CallContext> caller(CurrentUser user) { // a proxy: each look finds the user of the request under way
        return () -> {
            try {
                return user.context();
            } catch (ContextNotActiveException e) { // outside a request, as in a scheduled job
                return CallContext.empty();
            }
        };
    }
}
// endregion
