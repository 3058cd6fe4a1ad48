package dev.melancia.mlflow.tracking;

/**
 * Which experiments or runs are meant: deleted ones stay on the server and can be restored.
 *
 * @since 0.1.0
 */
public enum Lifecycle {
    /** Those that are not deleted. */
    ACTIVE("ACTIVE_ONLY"),
    /** Those that are deleted. */
    DELETED("DELETED_ONLY"),
    /** Both. */
    ALL("ALL");

    private final String view;

    Lifecycle(String view) {
        this.view = view;
    }

    /** As MLflow calls it. */
    String view() {
        return view;
    }
}
