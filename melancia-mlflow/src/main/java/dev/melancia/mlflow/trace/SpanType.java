package dev.melancia.mlflow.trace;

/**
 * What kind of work a span stands for, in MLflow's terms; its page of a trace has an icon and a view for each.
 *
 * @since 0.1.0
 */
public enum SpanType {
    /** A model that answers messages. */
    CHAT_MODEL("chat"),
    /** A model that continues a text. */
    LLM("text_completion"),
    /** A model that makes vectors. */
    EMBEDDING("embeddings"),
    /** Steps in a row: an application, a pipeline, a routed call. */
    CHAIN(""),
    /** A model that decides on its own steps. */
    AGENT("invoke_agent"),
    /** A function that an agent called. */
    TOOL("execute_tool"),
    /** A search for documents. */
    RETRIEVER(""),
    /** A second opinion on the order of documents. */
    RERANKER(""),
    /** Reading of a text into something else. */
    PARSER(""),
    /** What is remembered of a conversation. */
    MEMORY(""),
    /** Several chains or agents together. */
    WORKFLOW(""),
    /** A unit of work of a workflow. */
    TASK(""),
    /** A check of what goes in or comes out. */
    GUARDRAIL(""),
    /** A scorer or judge. */
    EVALUATOR(""),
    /** Anything else. */
    UNKNOWN("");

    private final String operation;

    SpanType(String operation) {
        this.operation = operation;
    }

    /** Value of OpenTelemetry's {@code gen_ai.operation.name}; empty where it has none. */
    String operation() {
        return operation;
    }
}
