package dev.melancia.flags;

import dev.melancia.MelanciaException;

/**
 * A flag, a flag file or a flag's environment variable is malformed, or a policy names a flag that nobody declared. Raised
 * when flags are configured, never when one is evaluated.
 *
 * @since 0.1.0
 */
public final class FlagConfigurationException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    FlagConfigurationException(String message) {
        super(message);
    }

    FlagConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
