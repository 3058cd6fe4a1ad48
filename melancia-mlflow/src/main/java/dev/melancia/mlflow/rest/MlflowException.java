package dev.melancia.mlflow.rest;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that did not succeed, sorted by what helps. The message never repeats content; {@link #serverMessage()} may.
 *
 * @since 0.1.0
 */
public final class MlflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * What helps.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** Time: the server is not there, is overloaded or broken. */
        LATER,
        /** Somebody: the server refuses everybody, or is not MLflow. */
        BLOCKED,
        /** Nothing: the content is refused and will be again. */
        REJECTED,
        /** One more try: two identical requests met in the server's database. */
        CONFLICT
    }

    private static final String NOT_FOUND = "RESOURCE_DOES_NOT_EXIST";
    private static final String ALREADY_THERE = "RESOURCE_ALREADY_EXISTS";

    private final Kind kind;
    private final String errorCode;
    private final int status;
    private final boolean sent;
    private final String serverMessage;

    @SuppressWarnings("serial") // Optional is not serializable; nobody sends this error anywhere.
    private final Optional<Duration> retryAfter;

    private MlflowException(Kind kind, String errorCode, MlflowAnswer answer) {
        super(answer.what() + " was answered " + answer.status() + (errorCode.isEmpty() ? "" : " " + errorCode)
                + remedy(answer));
        this.kind = kind;
        this.errorCode = errorCode;
        this.sent = true;
        this.status = answer.status();
        this.serverMessage = answer.message();
        this.retryAfter = answer.retryAfter();
    }

    private MlflowException(MlflowAnswer answer, String missing) {
        super(answer.what() + " was answered " + answer.status() + " without " + missing
                + ", so not by MLflow; the tracking URI must lead to MLflow itself, not to a page to sign in");
        this.kind = Kind.BLOCKED;
        this.sent = true;
        this.errorCode = "";
        this.status = answer.status();
        this.serverMessage = answer.message();
        this.retryAfter = answer.retryAfter();
    }

    private MlflowException(Kind kind, String message, @Nullable Throwable cause, boolean sent) {
        super(message, cause);
        this.kind = kind;
        this.sent = sent;
        this.errorCode = "";
        this.status = 0;
        this.serverMessage = "";
        this.retryAfter = Optional.empty();
    }

    private MlflowException(String what, String why) {
        super(what + ": " + why);
        this.kind = Kind.REJECTED;
        this.sent = false;
        this.errorCode = "";
        this.status = 0;
        this.serverMessage = why;
        this.retryAfter = Optional.empty();
    }

    private MlflowException(MlflowException failure, String message) {
        super(message, failure);
        this.kind = failure.kind;
        this.sent = failure.sent;
        this.errorCode = failure.errorCode;
        this.status = failure.status;
        this.serverMessage = failure.serverMessage;
        this.retryAfter = failure.retryAfter;
    }

    /** No answer at all: whether the request was carried out is unknown. */
    static MlflowException unanswered(Kind kind, String why, @Nullable Throwable cause) {
        boolean connected = !(cause instanceof ConnectException) && !(cause instanceof HttpConnectTimeoutException);
        return new MlflowException(kind, why, cause, connected && kind == Kind.LATER);
    }

    /** The same, of a request that came to nothing before the one that matters was sent. */
    MlflowException beforeItWasSent() {
        return new MlflowException(kind, String.valueOf(getMessage()), getCause(), false);
    }

    static MlflowException of(MlflowAnswer answer) {
        return new MlflowException(kind(answer), answer.errorCode(), answer);
    }

    /**
     * A thing the server has, but in a state that does not allow the request.
     *
     * @param what the request
     * @param why what is wrong and what to do, without content
     */
    public static MlflowException refused(String what, String why) {
        return new MlflowException(what, why);
    }

    /**
     * The same failure told better, by somebody who knows what was meant; this one becomes its cause.
     *
     * @param message what is wrong, the actual value and the remedy; never a secret
     */
    public MlflowException explained(String message) {
        return new MlflowException(this, message);
    }

    /** A success that says nothing MLflow would say. */
    static MlflowException blocked(MlflowAnswer answer, String missing) {
        return new MlflowException(answer, missing);
    }

    private static Kind kind(MlflowAnswer answer) {
        int status = answer.status();
        if (status == 501) {
            return Kind.REJECTED; // A store that has no such thing, such as one of files for traces.
        } else if (status == 408 || status == 429 || status >= 500) {
            return Kind.LATER;
        }
        if (status == 400 && metAnother(answer.message().toLowerCase(Locale.ROOT))) {
            return Kind.CONFLICT;
        }
        boolean aboutContent = status == 400 || status == 413 || status == 422;
        return aboutContent || (status == 404 && !answer.errorCode().isEmpty()) ? Kind.REJECTED : Kind.BLOCKED;
    }

    private static String remedy(MlflowAnswer answer) {
        if (answer.status() == 401) {
            return "; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to what the"
                    + " server knows";
        } else if (answer.status() == 403 && answer.text().contains("Invalid Host header")) {
            return "; the server does not answer to the host of the tracking URI: start it with --allowed-hosts and"
                    + " that host and port";
        }
        return answer.status() == 403 ? "; the user lacks a permission on the server" : "";
    }

    /** SQLite says "UNIQUE constraint failed", PostgreSQL "violates unique constraint", the layer above IntegrityError. */
    private static boolean metAnother(String message) {
        return message.contains("unique constraint")
                || message.contains("violates unique")
                || message.contains("integrityerror");
    }

    /** What helps. */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the request may have been carried out, or may still be: there was no answer, or one that does not tell. False
     * when no connection was made, or the server refused.
     */
    public boolean outcomeUnknown() {
        return sent && (status == 0 || status >= 500);
    }

    /** HTTP status; 0 when there was no answer, or when it is a state that was refused. */
    public int status() {
        return status;
    }

    /** MLflow's error code, such as {@code INVALID_PARAMETER_VALUE}, or empty. */
    public String errorCode() {
        return errorCode;
    }

    /** Whether the server says that what is named is not there: its error code {@code RESOURCE_DOES_NOT_EXIST}. */
    public boolean isNotFound() {
        return errorCode.equals(NOT_FOUND);
    }

    /** Whether the server says that the name is taken: its error code {@code RESOURCE_ALREADY_EXISTS}. */
    public boolean isAlreadyThere() {
        return errorCode.equals(ALREADY_THERE);
    }

    /** What the server said; may repeat content, so it does not belong in a log. */
    public String serverMessage() {
        return serverMessage;
    }

    /** The pause the server asks for, at most 5 minutes. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
