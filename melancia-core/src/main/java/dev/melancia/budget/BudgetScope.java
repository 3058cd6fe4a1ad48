package dev.melancia.budget;

/**
 * Whose spending a budget limits.
 *
 * @since 0.1.0
 */
public enum BudgetScope {
    /** All calls together. */
    ALL,
    /** The calls of one tenant. */
    TENANT,
    /** The calls of one user. */
    USER
}
