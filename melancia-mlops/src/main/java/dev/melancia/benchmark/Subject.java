package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelId;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whatever answers questions: a model, a RAG chain, a router's view. Called from as many threads at once as its
 * {@link #placement()} says.
 *
 * @since 0.1.0
 */
public interface Subject {

    /**
     * Names the subject in the report and in a run's folder; unique in a benchmark. A subject that was changed (another
     * prompt, another index) needs another name, or its run another folder.
     */
    String name();

    /**
     * Answers; the time this takes is the latency. The subject must not retry by itself: an exception with a
     * {@link dev.melancia.provider.RetryAfter} among its causes is waited out and asked again, outside the latency. A
     * subject that reports no tokens, sources or cost leaves them unset.
     *
     * @throws Exception when there is no answer; the report counts it as a failure of this question
     */
    Answer answer(Ask ask) throws Exception;

    /** Where it runs; default {@link Placement#local()}. */
    default Placement placement() {
        return Placement.local();
    }

    /**
     * What else decides its answers, such as a prompt and a temperature, as one text; kept with a run, where a change is
     * refused because its answers would be mixed with others. Default empty: only the name tells subjects apart.
     */
    default String settings() {
        return "";
    }

    /** The same subject on a place of your choice, such as {@code Placement.remote(10)}. */
    default Subject placed(Placement placement) {
        return new PlacedSubject(this, requireNonNull(placement, "placement"));
    }

    /** A model of unknown price; see {@link ModelSubject} for how it is asked and for more settings. */
    static Subject of(ModelId id, ChatModel model) {
        return of(id, model, null);
    }

    /** The same with a price; null is unknown, and then so is the cost. */
    static Subject of(ModelId id, ChatModel model, @Nullable TokenPrice price) {
        ModelSubject.Builder subject = ModelSubject.builder(id.toString(), model);
        if (price != null) {
            subject.price(price);
        }
        return subject.build();
    }

    /** A subject from a function of the question alone. */
    static Subject of(String name, Function<? super Question, Answer> function) {
        requireNonNull(function, "function");
        return chain(name, ask -> function.apply(ask.question()));
    }

    /**
     * A subject from a function that holds conversations, such as a chain built with {@code AiServices}: it finds what was said
     * before by {@link Ask#memoryId()}, or takes it from {@link Ask#earlier()}.
     */
    static Subject chain(String name, Function<? super Ask, Answer> function) {
        return new FunctionSubject(requireNonNull(name, "name"), requireNonNull(function, "function"));
    }
}
