package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;

/**
 * A provider cannot build a model from the settings it was given.
 *
 * @since 0.1.0
 */
public final class ProviderConfigurationException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /**
     * Creates the error.
     *
     * @param setting what is missing or wrong, such as {@code OPENAI_API_KEY}
     * @param message rule, actual value (never a secret) and remedy
     */
    public ProviderConfigurationException(String setting, String message) {
        super(message);
        this.setting = requireNonNull(setting, "setting");
    }

    /** What is missing or wrong, such as {@code OPENAI_API_KEY}. */
    public String setting() {
        return setting;
    }
}
