package dev.melancia.experiment;

/**
 * The folder of the runs could not be written or read; what was being recorded is not recorded. The message names the
 * folder.
 *
 * @since 0.1.0
 */
public final class ExperimentStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExperimentStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
