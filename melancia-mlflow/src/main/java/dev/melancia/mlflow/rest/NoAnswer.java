package dev.melancia.mlflow.rest;

import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there was no answer, in words that name the remedy where there is one. */
final class NoAnswer {

    private NoAnswer() {}

    static MlflowException because(@Nullable Throwable cause) {
        Optional<String> tls = tls(cause);
        if (tls.isPresent()) {
            return MlflowException.unanswered(MlflowException.Kind.BLOCKED, tls.get(), cause);
        }
        String why = "no connection or no answer";
        if (has(cause, UnresolvedAddressException.class)) {
            why = "the host name of the tracking URI is unknown";
        } else if (has(cause, SSLException.class)) {
            why = "the server broke off the TLS handshake; if it wants a client certificate, name the PEM file in"
                    + " MLFLOW_TRACKING_CLIENT_CERT_PATH";
        }
        String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
        return MlflowException.unanswered(MlflowException.Kind.LATER, why + ": " + name, cause);
    }

    /** Only what somebody has to mend: a handshake that broke off is mended by time. */
    private static Optional<String> tls(@Nullable Throwable cause) {
        if (!has(cause, SSLException.class)) {
            return Optional.empty();
        } else if (has(cause, CertificateExpiredException.class)) {
            return Optional.of("the server's certificate has expired; it needs a new one");
        } else if (has(cause, CertPathBuilderException.class)) {
            return Optional.of("the server's certificate is not trusted; name the PEM file of its authority in"
                    + " MLFLOW_TRACKING_SERVER_CERT_PATH or with MlflowSettings.Builder.serverCertificates");
        } else if (has(cause, CertificateException.class)) {
            return Optional.of("the server's certificate is not one for the host of the tracking URI; use the name that"
                    + " the certificate was made for");
        } else if (says(cause, "certificate_required") || says(cause, "bad_certificate")) {
            return Optional.of(
                    "the server wants another certificate of ours; name the PEM file with key and certificates in"
                            + " MLFLOW_TRACKING_CLIENT_CERT_PATH or with MlflowSettings.Builder.clientCertificate");
        }
        return Optional.empty();
    }

    private static boolean has(@Nullable Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(@Nullable Throwable error, String words) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }
}
