package dev.melancia.registry;

import org.jspecify.annotations.Nullable;

/**
 * A registry that cannot be read or changed now: its folder fails, or its server does not say in time what an alias stands
 * for. Nothing was changed.
 *
 * @since 0.1.0
 */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
