package dev.melancia.mlflow.prompt;

import java.util.List;

/**
 * The tag by which MLflow shows which prompts a trace or a run used.
 *
 * @since 0.1.0
 */
public final class LinkedPrompts {

    /** Key of the tag, the same on traces and runs. */
    public static final String TAG = "mlflow.linkedPrompts";

    private LinkedPrompts() {}

    /** The tag's value for these prompts, a JSON list of their names and versions in this order, each once. */
    public static String text(List<PromptVersion> prompts) {
        return PromptWire.withLinks("", prompts).orElse("[]");
    }

    /**
     * The tag's value with these prompts besides those it names.
     *
     * @param current the value as it stands, empty when there is none
     * @throws IllegalStateException when that is not a JSON list
     */
    public static String text(String current, List<PromptVersion> prompts) {
        return PromptWire.withLinks(current, prompts).orElse(current);
    }

    /**
     * The tag's value with this version of a prompt besides those it names.
     *
     * @param current the value as it stands, empty when there is none
     * @throws IllegalStateException when that is not a JSON list
     */
    public static String text(String current, String name, int version) {
        return PromptWire.withLink(current, name, version).orElse(current);
    }
}
