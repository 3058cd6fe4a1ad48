package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.melancia.MelanciaException;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RagSubjectTest {

    private static final Question QUESTION = Question.builder("q", "Qual é o prazo?")
            .context("never shown to the model")
            .build();
    private static final Content TERM = passage("O prazo é de 30 dias.", Map.of("file_name", "trocas.md", "id", "7"));
    private static final Content COST = passage("A troca é grátis.", Map.of("file_name", "trocas.md"));
    private static final Content SITE = passage("Fale conosco.", Map.of("url", "https://loja.example/contato"));

    private final List<Query> queries = new CopyOnWriteArrayList<>();
    private final ScriptedChatModel model = ScriptedChatModel.answering("30 dias");
    private final ModelSubject subject = ModelSubject.builder("m", model)
            .price(TokenPrice.free())
            .systemMessage("Seja breve.")
            .memory(1)
            .placement(Placement.remote(3))
            .build();

    @Test
    void answersWithTheSourcesAndPassagesItWasShown() throws Exception {
        Subject rag = RagSubject.builder("rag", subject)
                .retriever(finding(TERM, COST, SITE))
                .template(PromptTemplate.from("Contexto:\n{{contents}}\n\nPergunta: {{userMessage}}"))
                .build();

        Answer answer = rag.answer(Ask.of(QUESTION));

        assertThat(rag.name()).isEqualTo("rag");
        assertThat(rag.placement().concurrency()).isEqualTo(3);
        assertThat(answer.text()).isEqualTo("30 dias");
        assertThat(answer.sources()).hasValue(List.of("trocas.md", "https://loja.example/contato"));
        assertThat(answer.passages()).hasValue(List.of("O prazo é de 30 dias.", "A troca é grátis.", "Fale conosco."));
        assertThat(answer.cost()).hasToString("0 USD");
        assertThat(request().messages())
                .containsExactly(
                        SystemMessage.from("Seja breve."),
                        UserMessage.from("Contexto:\nO prazo é de 30 dias.\n\nA troca é grátis.\n\nFale conosco.\n\n"
                                + "Pergunta: Qual é o prazo?"));
        assertThat(queries).extracting(Query::text).containsExactly("Qual é o prazo?");
    }

    @Test
    void findingNothingIsKnownToBeNothing() throws Exception {
        Answer answer =
                RagSubject.builder("rag", subject).retriever(finding()).build().answer(Ask.of(QUESTION));

        assertThat(answer.sources()).hasValue(List.of());
        assertThat(answer.passages()).hasValue(List.of());
        assertThat(request().messages().get(1)).isEqualTo(UserMessage.from("Qual é o prazo?"));
    }

    @Test
    void aSourceWithoutANameLeavesTheSourcesUnknown() throws Exception {
        Answer answer = RagSubject.builder("rag", subject)
                .retriever(finding(TERM, passage("Sem nome.", Map.of("chunk", "3"))))
                .build()
                .answer(Ask.of(QUESTION));

        assertThat(answer.sources()).isEmpty();
        assertThat(answer.passages()).hasValue(List.of("O prazo é de 30 dias.", "Sem nome."));
    }

    @Test
    void takesTheMetadataYouNameAndMissesItLoudly() throws Exception {
        Subject byId = RagSubject.builder("rag", subject)
                .retriever(finding(TERM))
                .sourceKey("id")
                .build();
        Subject missing = RagSubject.builder("rag", subject)
                .retriever(finding(TERM, COST))
                .sourceKey("id")
                .build();

        assertThat(byId.answer(Ask.of(QUESTION)).sources()).hasValue(List.of("7"));
        assertThatThrownBy(() -> missing.answer(Ask.of(QUESTION)))
                .isInstanceOf(MelanciaException.class)
                .hasMessage(
                        "a passage must have the metadata \"id\" that names its source, had [file_name]; set it when"
                                + " the documents are indexed, or give another sourceKey");
        assertThat(model.requests()).as("found out before the call is paid").hasSize(1);
    }

    @Test
    void aConversationReachesModelAndRetrieval() throws Exception {
        Question first =
                Question.builder("q1", "O que é troca?").conversation("c").build();
        Question second = Question.builder("q2", "E o prazo?").conversation("c").build();
        Question third = Question.builder("q3", "E o custo?").conversation("c").build();
        Ask ask = new Ask(
                third,
                List.of(
                        new Ask.Turn(first, Answer.of("Devolver por outro.")),
                        new Ask.Turn(second, Answer.of("30 dias"))),
                4);

        RagSubject.builder("rag", subject).retriever(finding(COST)).build().answer(ask);

        assertThat(request().messages())
                .startsWith(
                        SystemMessage.from("Seja breve."), UserMessage.from("E o prazo?"), AiMessage.from("30 dias"))
                .hasSize(4);
        assertThat(queries).singleElement().satisfies(query -> {
            assertThat(query.metadata().chatMemory())
                    .containsExactly(UserMessage.from("E o prazo?"), AiMessage.from("30 dias"));
            assertThat(query.metadata().chatMemoryId()).isEqualTo("c#4");
            assertThat(query.metadata().systemMessage()).isEqualTo(SystemMessage.from("Seja breve."));
        });
    }

    @Test
    void takesTheApplicationsOwnAugmentor() throws Exception {
        Subject rag =
                RagSubject.builder("rag", subject).augmentor(this::augmented).build();

        Answer answer = rag.answer(Ask.of(QUESTION));

        assertThat(answer.sources()).hasValue(List.of("trocas.md"));
        assertThat(request().messages()).endsWith(UserMessage.from("[Qual é o prazo?]"));
    }

    @Test
    void theTimeToTheFirstTextCountsFromBeforeTheRetrieval() throws Exception {
        AtomicLong ticker = new AtomicLong();
        ModelSubject streaming = ModelSubject.builder("m", ScriptedStreamingChatModel.answering("30", " dias"))
                .nanoTicker(() -> ticker.getAndAdd(10)) // read before and after the retrieval, at the call, at its text
                .build();

        Answer answer = RagSubject.builder("rag", streaming)
                .retriever(query -> {
                    ticker.addAndGet(500);
                    return List.of(TERM);
                })
                .build()
                .answer(Ask.of(QUESTION));

        assertThat(answer.firstTokenNanos()).hasValue(510 + 10);
    }

    @Test
    void aRouterInItSeesTheQuestionAsItWasAsked() throws Exception {
        RoutingPolicy policy = RoutingPolicy.builder("p")
                .rule("short", Condition.fewerWordsThan(6), Target.models("ollama/phi3:mini"))
                .otherwise(Target.models("openai/gpt-4o"))
                .build();
        try (ModelRouter router = ModelRouter.builder()
                .model(Candidate.builder("ollama/phi3:mini").build(), model)
                .model(Candidate.builder("openai/gpt-4o").build(), ScriptedChatModel.answering("long"))
                .policy(policy)
                .build()) {
            Answer answer = RagSubject.builder(
                            "rag", RouterSubject.builder("r", router).build())
                    .retriever(finding(TERM))
                    .build()
                    .answer(Ask.of(QUESTION));

            assertThat(answer.model()).hasValue("ollama/phi3:mini");
            assertThat(answer.sources()).hasValue(List.of("trocas.md"));
            assertThat(request().messages().toString()).contains("O prazo é de 30 dias.");
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> RagSubject.builder("rag", subject).build())
                .hasMessage("a RAG subject needs either retriever(...) or augmentor(...), had neither");
        assertThatThrownBy(() -> RagSubject.builder("rag", subject)
                        .retriever(finding())
                        .augmentor(this::augmented)
                        .build())
                .hasMessageEndingWith("had both");
        assertThatThrownBy(() -> RagSubject.builder("rag", subject)
                        .augmentor(this::augmented)
                        .template(PromptTemplate.from("{{contents}}"))
                        .build())
                .hasMessageStartingWith("template(...) goes with retriever(...)");
    }

    private AugmentationResult augmented(AugmentationRequest request) {
        String text = ((UserMessage) request.chatMessage()).singleText();
        return new AugmentationResult(UserMessage.from("[" + text + "]"), List.of(TERM));
    }

    private ContentRetriever finding(Content... passages) {
        return query -> {
            queries.add(query);
            return List.of(passages);
        };
    }

    private ChatRequest request() {
        return model.requests().get(model.requests().size() - 1);
    }

    private static Content passage(String text, Map<String, String> metadata) {
        return Content.from(TextSegment.from(text, Metadata.from(metadata)));
    }
}
