package dev.melancia.call;

/**
 * What a call does with the router's response cache, where there is one.
 *
 * @since 0.1.0
 */
public enum CacheMode {
    /** Takes an answer that is kept, and keeps the one it gets otherwise. */
    USE,
    /** Asks a model in any case, and keeps its answer in place of the one before. */
    REFRESH,
    /** Neither takes nor keeps. */
    BYPASS
}
