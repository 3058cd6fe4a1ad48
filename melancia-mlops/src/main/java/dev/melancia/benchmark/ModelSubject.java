package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelSettings;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A langchain4j model as a subject: asked directly, with the earlier turns of a conversation as messages. For a router's view
 * see {@link RouterSubject}, which knows what each call cost; for a chain with tools or a memory of its own see
 * {@link Subject#chain}. Give it a model that does not retry ({@code maxRetries(0)}), or its pauses count as latency. Immutable, and
 * as thread-safe as the model.
 *
 * <p>With a streaming model the time to the first text is measured. The time a server spent loading the model is reported apart
 * where the provider hands it on ({@link dev.melancia.provider.ServerTimings}), and is no part of the time to the first text.
 *
 * @since 0.1.0
 */
public final class ModelSubject implements Subject {

    /** The real ticker, and the only place where subjects name it. */
    static final LongSupplier SYSTEM_TICKER = System::nanoTime;

    private final String name;
    private final ModelSubjectExchange exchange;
    private final ModelSubjectWording wording;
    private final ChatRequestParameters parameters;
    private final @Nullable TokenPrice price;
    private final Function<? super ChatResponse, TokenCounts> tokens;
    private final Placement placement;
    private final LongSupplier nanoTicker;

    private ModelSubject(Builder builder) {
        name = builder.name;
        wording = builder.wording;
        parameters = builder.parameters;
        price = builder.price;
        tokens = builder.tokens;
        placement = builder.placement;
        nanoTicker = builder.nanoTicker;
        exchange = builder.streaming == null
                ? ModelSubjectExchange.of(requireNonNull(builder.model, "model"))
                : ModelSubjectExchange.of(builder.streaming, builder.limit, nanoTicker);
    }

    /**
     * A model that answers in one piece.
     *
     * @param name names the subject in the report, such as the model's id
     */
    public static Builder builder(String name, ChatModel model) {
        return new Builder(name, requireNonNull(model, "model"), null);
    }

    /**
     * A model that answers piece by piece; its time to the first text is measured.
     *
     * @param name names the subject in the report, such as the model's id
     */
    public static Builder builder(String name, StreamingChatModel model) {
        return new Builder(name, null, requireNonNull(model, "model"));
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
     * Asks the model.
     *
     * @throws TimeoutException when a stream has not ended within the limit; it is cancelled
     * @throws Exception what the model throws, or hands to the stream's {@code onError}
     */
    @Override
    public Answer answer(Ask ask) throws Exception {
        return ask(wording.messages(ask)).answer(name, 0).build();
    }

    ModelSubjectReply ask(List<ChatMessage> messages) throws Exception {
        ModelSubjectExchange.Timed timed = exchange.ask(
                ChatRequest.builder().messages(messages).parameters(parameters).build());
        TokenCounts counted = requireNonNull(tokens.apply(timed.response()), "tokens");
        Cost cost = price == null ? Cost.unknown() : price.costOf(counted);
        return new ModelSubjectReply(
                timed.response(), counted, cost, timed.response().modelName(), timed.times());
    }

    ModelSubjectWording wording() {
        return wording;
    }

    LongSupplier nanoTicker() {
        return nanoTicker;
    }

    /** Collects a subject; confined to one thread. */
    public static final class Builder {

        private final String name;
        private final @Nullable ChatModel model;
        private final @Nullable StreamingChatModel streaming;
        private ModelSubjectWording wording = ModelSubjectWording.PLAIN;
        private ChatRequestParameters parameters = DefaultChatRequestParameters.EMPTY;
        private @Nullable TokenPrice price;
        private Function<? super ChatResponse, TokenCounts> tokens =
                response -> TokenCounts.reported(response.tokenUsage());
        private Placement placement = Placement.local();
        private Duration limit = ModelSettings.DEFAULT_TIMEOUT;
        private LongSupplier nanoTicker = SYSTEM_TICKER;

        private Builder(String name, @Nullable ChatModel model, @Nullable StreamingChatModel streaming) {
            this.name = requireNonNull(name, "name");
            this.model = model;
            this.streaming = streaming;
        }

        /** What tokens cost; default unknown, and then so is the cost of an answer. */
        public Builder price(TokenPrice price) {
            this.price = requireNonNull(price, "price");
            return this;
        }

        /**
         * What counts the tokens of a response; default input and output as langchain4j reports them. A price of its own for
         * cached input or reasoning needs {@code ChatModelProviders.tokenReader(settings)}, without which such a cost is an
         * upper bound.
         */
        public Builder tokens(Function<? super ChatResponse, TokenCounts> reader) {
            this.tokens = requireNonNull(reader, "reader");
            return this;
        }

        /** Parameters of each request, such as the temperature; default none. */
        public Builder parameters(ChatRequestParameters parameters) {
            this.parameters = requireNonNull(parameters, "parameters");
            return this;
        }

        /** Comes before all other messages, not blank; default none. */
        public Builder systemMessage(String text) {
            this.wording = wording.withSystemMessage(text);
            return this;
        }

        /** The message a question becomes, not blank; default its context, an empty line and its text. */
        public Builder prompt(Function<? super Question, String> prompt) {
            this.wording = wording.withPrompt(prompt);
            return this;
        }

        /**
         * How many earlier turns of a conversation the model is reminded of, the latest, as two messages each: the question's
         * text, without its context, and the answer. Default 10.
         *
         * @throws IllegalArgumentException below 0
         */
        public Builder memory(int turns) {
            this.wording = wording.withMemory(turns);
            return this;
        }

        /** Where it runs, and how many calls at once; default {@link Placement#local()}. */
        public Builder placement(Placement placement) {
            this.placement = requireNonNull(placement, "placement");
            return this;
        }

        /**
         * In which time a stream must have ended, since a model's own time-out bounds its pauses only; default
         * {@link ModelSettings#DEFAULT_TIMEOUT}. An answer in one piece is bounded by the model's own time-out.
         *
         * @throws IllegalArgumentException below a millisecond
         */
        public Builder limit(Duration limit) {
            this.limit = requireLimit(limit);
            return this;
        }

        /** Measures the time to the first text; default {@code System::nanoTime}. */
        public Builder nanoTicker(LongSupplier nanoTicker) {
            this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
            return this;
        }

        /** The subject. */
        public ModelSubject build() {
            return new ModelSubject(this);
        }
    }

    static Duration requireLimit(Duration limit) {
        if (requireNonNull(limit, "limit").toMillis() < 1) {
            throw new IllegalArgumentException("limit must be at least 1 ms, was " + limit);
        }
        return limit;
    }
}
