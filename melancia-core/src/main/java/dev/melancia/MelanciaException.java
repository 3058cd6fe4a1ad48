package dev.melancia;

import dev.langchain4j.exception.LangChain4jException;
import org.jspecify.annotations.Nullable;

/**
 * Root of the errors that MelancIA itself raises; a langchain4j application catches it where it catches the errors of
 * its models. The message names the thing, the rule, the actual value and the remedy, never a key or a prompt.
 *
 * <p>Mistakes of the programmer (a null, a negative duration) are JDK exceptions instead.
 *
 * @since 0.1.0
 */
public class MelanciaException extends LangChain4jException {

    private static final long serialVersionUID = 1L;

    public MelanciaException(String message) {
        super(message);
    }

    public MelanciaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
