package dev.melancia.call;

/**
 * How an attempt, or a whole call, ended.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** The model answered. */
    ANSWERED,
    /** A stream ended without a finish reason: what arrived is a part of an answer. */
    TRUNCATED,
    /** No answer, no first piece or no next piece within the limit, or HTTP 408 or 504. */
    TIMEOUT,
    /** No connection: refused, no route, unknown host. */
    UNREACHABLE,
    /** HTTP 429. */
    RATE_LIMITED,
    /** HTTP 503 or 529: the server is up and takes no more. */
    OVERLOADED,
    /** Any other HTTP 5xx. */
    SERVER_ERROR,
    /** The answer was not what the protocol says, such as HTML for JSON. */
    MALFORMED_RESPONSE,
    /** The connection broke before the answer was complete. */
    BROKEN_OFF,
    /** The prompt does not fit the model's context window. */
    CONTEXT_TOO_LONG,
    /** The server cut the prompt to its context window and answered what was left of it, without a word. */
    PROMPT_CUT,
    /** The request itself is wrong (HTTP 400, 413, 422 and every 4xx not named here); no model would take it. */
    INVALID_REQUEST,
    /** The key is missing or wrong, may not do this, or has no credit left (HTTP 401, 402, 403). */
    UNAUTHORIZED,
    /** The provider has no such model, or no longer (HTTP 404, 410). */
    MODEL_NOT_FOUND,
    /** The provider's content filter refused. */
    CONTENT_FILTERED,
    /** The model's bulkhead, its rate limit or the worker threads are all taken: it was not called. */
    NO_PERMIT,
    /** A budget had too little left for it: it was not called. */
    BUDGET_SPENT,
    /** The host cancelled the stream, its own handler threw, or another model answered first. */
    CANCELLED,
    /** The caller's thread was interrupted. */
    INTERRUPTED,
    /** Refused before any model was called: a limit on requests, or no candidate. */
    REJECTED,
    /** Anything else. */
    FAILED;

    /** Whether the host got its answer. */
    public boolean isAnswer() {
        return this == ANSWERED || this == PROMPT_CUT;
    }
}
