package dev.melancia.tracking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.mlflow.trace.Span;
import dev.melancia.mlflow.trace.SpanType;
import dev.melancia.mlflow.trace.Trace;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a trace of what came of a question: the call is the root, below it what its answer tells of retrieval and model. When
 * these began and ended is not known; they have the time of the call. Immutable.
 *
 * <p>MLflow's page that compares two runs pairs traces by the preview of their inputs, which is their first 1000 characters,
 * and of two traces with the same one in a run it pairs neither well. So the inputs begin with the question's id and repeat,
 * and hold nothing that differs between subjects.
 *
 * @param subject its name
 */
record AnswerTrace(String subject, TraceContent content) {

    private static final String UNKNOWN_PROVIDER = "unknown";

    /** The same for the same answer of a run, so that recording it again makes no second one. */
    static String id(String runId, String subject, Outcome outcome) {
        return Trace.idOf(Texts.array(List.of(
                runId,
                subject,
                outcome.question().id(),
                Integer.toString(outcome.call().repeat()))));
    }

    Trace of(String id, Outcome outcome) {
        Question question = outcome.question();
        Span root = root(outcome);
        Trace.Builder trace = Trace.builder(id)
                .span(root)
                .tag("melancia.question_id", question.id())
                .tag("melancia.repeat", Integer.toString(outcome.call().repeat()))
                .tag("melancia.answerable", Boolean.toString(question.isAnswerable()));
        if (!question.tags().isEmpty()) {
            trace.tag("melancia.question_tags", String.join(", ", question.tags()));
        }
        question.conversation().ifPresent(conversation -> trace.tag("melancia.conversation", conversation));
        outcome.reply().ifPresent(answer -> {
            retrieval(answer, root, outcome).ifPresent(trace::span);
            modelCall(answer, root, outcome).ifPresent(trace::span);
        });
        return trace.build();
    }

    static Instant end(Outcome outcome) {
        return outcome.call().startedAt().plusNanos(outcome.latencyNanos());
    }

    private Span root(Outcome outcome) {
        Span.Builder root = span(Texts.name(subject, "subject"), SpanType.CHAIN, outcome)
                .inputs(inputs(outcome))
                .attribute("melancia.attempts", outcome.call().attempts());
        List<String> sources = outcome.question().sources();
        if (content == TraceContent.TEXTS && !sources.isEmpty()) {
            root.attribute("melancia.expected_sources", Texts.array(sources));
        }
        outcome.reply().ifPresent(answer -> root.outputs(outputs(answer)));
        if (outcome instanceof Outcome.Failed failed) {
            boolean told = content == TraceContent.TEXTS && !failed.message().isEmpty();
            root.error(told ? failed.error() + ": " + failed.message() : failed.error());
        }
        return root.build();
    }

    private static Span.Builder span(String name, SpanType type, Outcome outcome) {
        return Span.builder(name, type).time(outcome.call().startedAt(), end(outcome));
    }

    private String inputs(Outcome outcome) {
        Question question = outcome.question();
        ObjectNode inputs = JsonNodeFactory.instance.objectNode().put("id", question.id());
        if (outcome.call().repeat() > 0) {
            inputs.put("repeat", outcome.call().repeat());
        }
        if (content == TraceContent.TEXTS) {
            inputs.put("question", question.text());
            question.context().ifPresent(context -> inputs.put("context", context));
        } else {
            inputs.put("question_characters", question.text().length());
            question.context().ifPresent(context -> inputs.put("context_characters", context.length()));
        }
        return inputs.toString();
    }

    private String outputs(Answer answer) {
        return content == TraceContent.TEXTS
                ? TextNode.valueOf(answer.text()).toString()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("answer_characters", answer.text().length())
                        .toString();
    }

    private Optional<Span> retrieval(Answer answer, Span root, Outcome outcome) {
        if (answer.sources().isEmpty() && answer.passages().isEmpty()) {
            return Optional.empty();
        }
        Span.Builder span = span("retrieval", SpanType.RETRIEVER, outcome).parent(root);
        answer.sources().ifPresent(sources -> span.attribute("melancia.sources", sources.size()));
        answer.passages().ifPresent(passages -> span.attribute("melancia.passages", passages.size()));
        if (content == TraceContent.TEXTS) {
            span.outputs(documents(
                    answer.sources().orElse(List.of()), answer.passages().orElse(List.of())));
        }
        return Optional.of(span.build());
    }

    /** Each source is named once and may have several passages: which is whose is only known where there are as many. */
    private static String documents(List<String> sources, List<String> passages) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        boolean paired = sources.size() == passages.size();
        for (int i = 0; i < passages.size(); i++) {
            ObjectNode metadata =
                    documents.addObject().put("page_content", passages.get(i)).putObject("metadata");
            if (paired) {
                metadata.put("doc_uri", sources.get(i));
            }
        }
        if (!paired) {
            sources.forEach(source -> documents
                    .addObject()
                    .put("page_content", "")
                    .putObject("metadata")
                    .put("doc_uri", source));
        }
        return documents.toString();
    }

    private Optional<Span> modelCall(Answer answer, Span root, Outcome outcome) {
        boolean tokens =
                answer.tokens().input().isPresent() || answer.tokens().output().isPresent();
        if (answer.model().isEmpty() && !tokens && answer.cost().kind() == Cost.Kind.UNKNOWN) {
            return Optional.empty();
        }
        Span.Builder span = span("model call", SpanType.CHAT_MODEL, outcome).parent(root);
        answer.model()
                .filter(model -> !model.isBlank())
                .ifPresent(model -> span.model(provider(), Texts.name(model, model)));
        answer.tokens().input().ifPresent(span::inputTokens);
        answer.tokens().output().ifPresent(span::outputTokens);
        answer.tokens().cachedInput().ifPresent(span::cachedInputTokens);
        answer.tokens().reasoning().ifPresent(count -> span.attribute("melancia.reasoning_tokens", count));
        answer.cost().usd().ifPresent(span::costUsd);
        answer.firstTokenNanos().ifPresent(nanos -> span.attribute("melancia.first_token_nanos", nanos));
        answer.loadNanos().ifPresent(nanos -> span.attribute("melancia.load_nanos", nanos));
        return Optional.of(
                span.attribute("melancia.cost_kind", answer.cost().kind().name())
                        .attribute("melancia.finish", answer.finish().name())
                        .build());
    }

    /** Subjects are named after their model, such as {@code openai/gpt-4o-mini}; an answer tells the model alone. */
    private String provider() {
        return Texts.name(subject.substring(0, Math.max(0, subject.indexOf('/'))), UNKNOWN_PROVIDER);
    }
}
