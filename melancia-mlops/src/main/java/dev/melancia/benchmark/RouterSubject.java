package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.Attempt;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A router as a subject: each question is a call of its own caller, and the answer says which model gave it and what all
 * attempts cost together, from the call's record. The router's own listeners, budgets and limits take part as ever, so give it a
 * router for the benchmark and not the one that serves users. A call that fails on every model is a failure of its question; what
 * its attempts cost is in the router's records and not in the report. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RouterSubject implements Subject {

    private final String name;
    private final ModelRouter router;
    private final BiConsumer<? super Ask, ? super CallContext.Builder> caller;
    private final boolean streaming;
    private final ModelSubjectWording wording;
    private final Placement placement;
    private final Duration limit;
    private final LongSupplier nanoTicker;

    private RouterSubject(Builder builder) {
        name = builder.name;
        router = builder.router;
        caller = builder.caller;
        streaming = builder.streaming;
        wording = builder.wording;
        placement = builder.placement;
        limit = builder.limit;
        nanoTicker = builder.nanoTicker;
    }

    /**
     * Starts a subject.
     *
     * @param name names the subject in the report
     * @param router stays the caller's to close
     */
    public static Builder builder(String name, ModelRouter router) {
        return new Builder(name, router);
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
     * Asks the router.
     *
     * @throws TimeoutException when a stream has not ended within the limit; it is cancelled
     * @throws Exception what the router throws, or hands to the stream's {@code onError}
     */
    @Override
    public Answer answer(Ask ask) throws Exception {
        return ask(ask, wording.messages(ask)).answer(name, 0).build();
    }

    ModelSubjectReply ask(Ask ask, List<ChatMessage> messages) throws Exception {
        AtomicReference<@Nullable CallRecord> record = new AtomicReference<>();
        CallContext context = context(ask, record);
        ModelSubjectExchange exchange = streaming
                ? ModelSubjectExchange.of(router.streamingChatModel(context), limit, nanoTicker)
                : ModelSubjectExchange.of(router.chatModel(context));
        ModelSubjectExchange.Timed timed =
                exchange.ask(ChatRequest.builder().messages(messages).build());
        return reply(timed, requireNonNull(record.get(), "a router tells of a call before its answer"));
    }

    private CallContext context(Ask ask, AtomicReference<@Nullable CallRecord> record) {
        CallContext.Builder context =
                CallContext.builder().conversationId(ask.memoryId()).cache(CacheMode.BYPASS);
        caller.accept(ask, context);
        return context.question(ask.question().text()).listener(record::set).build();
    }

    private static ModelSubjectReply reply(ModelSubjectExchange.Timed timed, CallRecord record) {
        TokenCounts tokens = record.answeringAttempt().map(Attempt::tokens).orElse(TokenCounts.unknown());
        Cost cost = record.cost();
        String model = record.answeredBy().map(Object::toString).orElse(null);
        long firstToken = record.timeToFirstTokenNanos().orElse(ModelSubjectReply.NOT_MEASURED);
        // Kept answers say how long another call's model took to load.
        long load = record.isCacheHit()
                ? ModelSubjectReply.NOT_MEASURED
                : timed.times().load();
        return new ModelSubjectReply(
                timed.response(), tokens, cost, model, new ModelSubjectReply.Times(firstToken, load));
    }

    ModelSubjectWording wording() {
        return wording;
    }

    LongSupplier nanoTicker() {
        return nanoTicker;
    }

    /** Collects a subject; confined to one thread. */
    public static final class Builder {

        /** The router's own limit of a call, and a little. */
        private static final Duration USUAL_LIMIT = CallLimits.defaults().call().plusSeconds(5);

        private final String name;
        private final ModelRouter router;
        private BiConsumer<? super Ask, ? super CallContext.Builder> caller = (ask, context) -> {};
        private boolean streaming;
        private ModelSubjectWording wording = ModelSubjectWording.PLAIN;
        private Placement placement = Placement.local();
        private Duration limit = USUAL_LIMIT;
        private LongSupplier nanoTicker = ModelSubject.SYSTEM_TICKER;

        private Builder(String name, ModelRouter router) {
            this.name = requireNonNull(name, "name");
            this.router = requireNonNull(router, "router");
        }

        /**
         * Says who asks a question: user id, tier, tenant and so on, such as from its tags. The conversation is set
         * beforehand, and the response cache is passed by, since an answer from it says nothing of a model; both can be
         * set otherwise. The question and the listener are set afterwards, whatever is given here. Default nobody in
         * particular.
         */
        public Builder caller(BiConsumer<? super Ask, ? super CallContext.Builder> caller) {
            this.caller = requireNonNull(caller, "caller");
            return this;
        }

        /** Asks for answers piece by piece, so that the time to the first one is known; default in one piece. */
        public Builder streaming() {
            this.streaming = true;
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
         * How many earlier turns of a conversation are sent with a question, the latest, as two messages each: the
         * question's text, without its context, and the answer. Default 10.
         *
         * @throws IllegalArgumentException below 0
         */
        public Builder memory(int turns) {
            this.wording = wording.withMemory(turns);
            return this;
        }

        /** Where it runs, and how many calls at once; default {@link Placement#local()}, as if all its models were. */
        public Builder placement(Placement placement) {
            this.placement = requireNonNull(placement, "placement");
            return this;
        }

        /**
         * In which time a stream must have ended; default 365 s, a little more than the router's own limit of a call.
         *
         * @throws IllegalArgumentException below a millisecond
         */
        public Builder limit(Duration limit) {
            this.limit = ModelSubject.requireLimit(limit);
            return this;
        }

        /** Measures what a RAG subject does before the call; default {@code System::nanoTime}. */
        public Builder nanoTicker(LongSupplier nanoTicker) {
            this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
            return this;
        }

        /** The subject. */
        public RouterSubject build() {
            return new RouterSubject(this);
        }
    }
}
