package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.router.ModelRouter;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;

/** The wiring guide's code for Spring. */
// region spring
@Configuration(proxyBeanMethods = false)
class SpringWiring {

    @Bean
    ChatModelProviders providers() {
        return ChatModelProviders.discover();
    }

    @Bean
    @Qualifier("local")
    ChatModel local(ChatModelProviders providers) {
        return providers.chatModel(Wiring.PHI3);
    }

    @Bean
    @Qualifier("paid")
    ChatModel paid(ChatModelProviders providers) {
        return providers.chatModel(Wiring.GPT);
    }

    @Bean(destroyMethod = "close")
    ModelRouter router(
            @Qualifier("local") ChatModel local, @Qualifier("paid") ChatModel paid, ChatModelProviders providers) {
        return Wiring.router(local, paid, providers);
    }

    @Bean
    @Primary // whoever injects a ChatModel without a qualifier gets the router's view
    ChatModel routed(ModelRouter router, Supplier<CallContext> caller) {
        return router.chatModel(caller);
    }

    @Bean
    StreamingChatModel routedStream(ModelRouter router, Supplier<CallContext> caller) {
        return router.streamingChatModel(caller);
    }

    @Bean
    @Scope("request") // with spring-web also written @RequestScope
    CurrentUser currentUser() {
        return new CurrentUser();
    }

    @Bean
    Supplier<CallContext> caller(ObjectProvider<CurrentUser> users) {
        return () -> {
            CurrentUser user = users.getIfAvailable(); // null outside a request, as in a scheduled job
            return user == null ? CallContext.empty() : user.context();
        };
    }
}
// endregion
