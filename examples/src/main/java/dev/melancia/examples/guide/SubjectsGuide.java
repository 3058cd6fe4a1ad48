package dev.melancia.examples.guide;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.melancia.benchmark.ModelSubject;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.RagSubject;
import dev.melancia.benchmark.RouterSubject;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import dev.melancia.scorer.Answer;

/** The subjects guide's code. */
final class SubjectsGuide {

    private SubjectsGuide() {}

    static Subject model(ChatModelProviders providers) {
        // region model
        ModelSettings mini = ModelSettings.of(ModelId.of("openai/gpt-4o-mini"));
        StreamingChatModel streaming = providers.streamingChatModel(mini);
        Subject subject = ModelSubject.builder("openai/gpt-4o-mini", streaming)
                .price(TokenPrice.usdPerMillionTokens("0.15", "0.60").withCachedInput("0.075"))
                .tokens(providers.tokenReader(mini)) // cached input is counted, so its price holds
                .systemMessage("Responda em português, em até duas frases.")
                .placement(Placement.remote(10))
                .build();
        // endregion
        return subject;
    }

    static RouterSubject router(ModelRouter router) {
        // region router
        RouterSubject hybrid = RouterSubject.builder("hybrid", router)
                .caller((ask, call) -> call.userId("user of " + ask.question().group())
                        .tier(ask.question().tags().contains("premium") ? "premium" : "free"))
                .streaming()
                .build();
        // endregion
        return hybrid;
    }

    static Subject rag(ChatModel phi3, ContentRetriever retriever) {
        // region rag
        ModelSubject model = ModelSubject.builder("phi3", phi3)
                .price(TokenPrice.free())
                .systemMessage("Responda só com o contexto. Se ele não bastar, diga que não sabe.")
                .memory(4)
                .build();
        Subject rag = RagSubject.builder("phi3 with our index", model)
                .retriever(retriever)
                .template(PromptTemplate.from("Contexto:\n{{contents}}\n\nPergunta: {{userMessage}}"))
                .sourceKey("file_name")
                .build();
        // endregion
        return rag;
    }

    /** A chain as a team has it. */
    interface Assistant {
        String chat(@MemoryId String conversation, @UserMessage String question);
    }

    static Subject chain(ChatModel model) {
        // region chain
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemoryProvider(conversation -> MessageWindowChatMemory.withMaxMessages(10))
                .build();
        Subject chain = Subject.chain(
                "our assistant",
                ask -> Answer.of(assistant.chat(ask.memoryId(), ask.question().text())));
        // endregion
        return chain;
    }
}
