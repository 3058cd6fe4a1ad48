package dev.melancia.mlflow.registry;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * How far a version has come. MLflow calls stages deprecated and still keeps them; aliases do the same without a fixed
 * list.
 *
 * @since 0.1.0
 */
public enum ModelStage {
    /** Registered, nothing more. */
    NONE("None"),
    /** Being tried. */
    STAGING("Staging"),
    /** Serving users. */
    PRODUCTION("Production"),
    /** Served before, or given up. */
    ARCHIVED("Archived");

    private final String label;

    ModelStage(String label) {
        this.label = label;
    }

    /** As MLflow writes it, such as {@code Production}. */
    public String label() {
        return label;
    }

    /** Whether earlier versions may be archived when a version comes to this stage. */
    public boolean active() {
        return this == STAGING || this == PRODUCTION;
    }

    /**
     * The stage of this label; upper and lower case are the same.
     *
     * @throws IllegalArgumentException for other texts
     */
    public static ModelStage of(String label) {
        return Arrays.stream(values())
                .filter(stage -> stage.label.equalsIgnoreCase(requireNonNull(label, "label")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "stage must be None, Staging, Production or Archived, was " + RegistryRules.quoted(label)));
    }
}
