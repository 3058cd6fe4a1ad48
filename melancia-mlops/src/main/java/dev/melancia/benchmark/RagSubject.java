package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.injector.DefaultContentInjector;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.melancia.MelanciaException;
import dev.melancia.scorer.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A RAG pipeline as a subject: langchain4j's retrieval puts passages before a question, a model or a router answers, and the
 * answer names its sources and the passages that were shown. The earlier turns of a conversation go to the model as messages
 * and to the retrieval as its memory; that a follow-up question finds its passages is the work of the augmentor's query
 * transformer. For a chain built with {@code AiServices} see {@link Subject#chain}. Immutable, and as thread-safe as the
 * retriever and the model.
 *
 * <p>Latency and time to the first text count from before the retrieval. The model's own prompt and the question's context
 * are not used; its system message and memory are.
 *
 * @since 0.1.0
 */
public final class RagSubject implements Subject {

    /** A model or a router that is asked with messages made here. */
    private interface Answering {
        ModelSubjectReply ask(Ask ask, List<ChatMessage> messages) throws Exception;
    }

    private final String name;
    private final Answering answering;
    private final ModelSubjectWording wording;
    private final Placement placement;
    private final LongSupplier nanoTicker;
    private final RetrievalAugmentor augmentor;
    private final RagSubjectSources sources;

    private RagSubject(Builder builder, RetrievalAugmentor augmentor) {
        this.name = builder.name;
        this.answering = builder.answering;
        this.wording = builder.wording;
        this.placement = builder.placement;
        this.nanoTicker = builder.nanoTicker;
        this.augmentor = augmentor;
        this.sources = builder.sources;
    }

    /**
     * A pipeline that a model answers in.
     *
     * @param name names the subject in the report
     */
    public static Builder builder(String name, ModelSubject model) {
        Answering answering = (ask, messages) -> model.ask(messages);
        return new Builder(name, answering, model, model.wording(), model.nanoTicker());
    }

    /**
     * A pipeline that a router answers in; its rules look at the question as it was asked.
     *
     * @param name names the subject in the report
     */
    public static Builder builder(String name, RouterSubject router) {
        return new Builder(name, router::ask, router, router.wording(), router.nanoTicker());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    /**
     * Retrieves and asks.
     *
     * @throws MelanciaException when a passage has not the metadata that names its source
     * @throws Exception what retrieval and model throw
     */
    @Override
    public Answer answer(Ask ask) throws Exception {
        long start = nanoTicker.getAsLong();
        AugmentationResult retrieved = retrieve(ask);
        long retrievalNanos = Math.max(0, nanoTicker.getAsLong() - start);
        Optional<List<String>> names = sources.names(retrieved.contents()); // before the call is paid for
        Answer.Builder answer = answering
                .ask(ask, wording.messages(ask, retrieved.chatMessage()))
                .answer(name, retrievalNanos)
                .passages(RagSubjectSources.texts(retrieved.contents()));
        names.ifPresent(answer::sources);
        return answer.build();
    }

    private AugmentationResult retrieve(Ask ask) {
        UserMessage asked = UserMessage.from(ask.question().text());
        List<ChatMessage> earlier = wording.earlier(ask);
        SystemMessage system = wording.systemMessage();
        Metadata metadata = system == null
                ? Metadata.from(asked, ask.memoryId(), earlier)
                : Metadata.from(asked, system, ask.memoryId(), earlier);
        return augmentor.augment(new AugmentationRequest(asked, metadata));
    }

    /** Collects a pipeline; confined to one thread. */
    public static final class Builder {

        private final String name;
        private final Answering answering;
        private final Placement placement;
        private final ModelSubjectWording wording;
        private final LongSupplier nanoTicker;
        private @Nullable ContentRetriever retriever;
        private @Nullable RetrievalAugmentor augmentor;
        private @Nullable PromptTemplate template;
        private RagSubjectSources sources = RagSubjectSources.USUAL;

        private Builder(
                String name,
                Answering answering,
                Subject subject,
                ModelSubjectWording wording,
                LongSupplier nanoTicker) {
            this.name = requireNonNull(name, "name");
            this.answering = answering;
            this.placement = subject.placement();
            this.wording = wording;
            this.nanoTicker = nanoTicker;
        }

        /** Finds passages by the question as it was asked; this or {@link #augmentor} is needed. */
        public Builder retriever(ContentRetriever retriever) {
            this.retriever = requireNonNull(retriever, "retriever");
            return this;
        }

        /** The whole retrieval as the application has it: query transformer, routing, re-ranking and injection. */
        public Builder augmentor(RetrievalAugmentor augmentor) {
            this.augmentor = requireNonNull(augmentor, "augmentor");
            return this;
        }

        /**
         * How the passages of the {@link #retriever} are put before the question, with {@code {{userMessage}}} and
         * {@code {{contents}}}; default langchain4j's own, which is English.
         */
        public Builder template(PromptTemplate template) {
            this.template = requireNonNull(template, "template");
            return this;
        }

        /**
         * The metadata of a passage that names its source; a passage without it is then an error. Default the first of
         * {@code file_name}, {@code url}, {@code source} and {@code id} that a passage has, and no sources in the answer
         * when one has none of them, for what cannot be named cannot be compared.
         */
        public Builder sourceKey(String key) {
            this.sources = RagSubjectSources.of(requireNonNull(key, "key"));
            return this;
        }

        /**
         * The pipeline.
         *
         * @throws IllegalStateException without a retriever and an augmentor, with both, or with an augmentor and a
         *     template
         */
        public RagSubject build() {
            if ((retriever == null) == (augmentor == null)) {
                throw new IllegalStateException("a RAG subject needs either retriever(...) or augmentor(...), had "
                        + (retriever == null ? "neither" : "both"));
            }
            if (augmentor == null) {
                return new RagSubject(this, usual(requireNonNull(retriever)));
            }
            if (template != null) {
                throw new IllegalStateException(
                        "template(...) goes with retriever(...); an augmentor has a content injector of its own");
            }
            return new RagSubject(this, augmentor);
        }

        private RetrievalAugmentor usual(ContentRetriever from) {
            return DefaultRetrievalAugmentor.builder()
                    .contentRetriever(from)
                    .contentInjector(
                            template == null ? new DefaultContentInjector() : new DefaultContentInjector(template))
                    .build();
        }
    }
}
