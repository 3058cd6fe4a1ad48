package dev.melancia.cli;

import dev.melancia.MelanciaException;
import dev.melancia.experiment.ExperimentStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What went wrong, as a person at a terminal reads it. */
final class Problem {

    private Problem() {}

    static String told(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "melancia: no such file: " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "melancia: not allowed to read or write " + denied.getFile();
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        boolean ours = failure instanceof MelanciaException
                || failure instanceof ExperimentStoreException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException;
        if (ours && !message.isBlank()) {
            return "melancia: " + message;
        }
        String kind = failure instanceof IOException
                ? "input or output failed"
                : failure.getClass().getName();
        return "melancia: " + kind + (message.isBlank() ? "" : ": " + message);
    }
}
