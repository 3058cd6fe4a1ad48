package dev.melancia.mlflow.rest;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and how to prove who we are.
 *
 * @param authorities PEM file of certificates to trust instead of those of the JDK
 * @param client PEM file with our key and certificates
 * @param insecure whether to trust everybody
 */
record Tls(Optional<Path> authorities, Optional<Path> client, boolean insecure) {

    static final Tls JDK = new Tls(Optional.empty(), Optional.empty(), false);

    private static final char[] NO_PASSWORD = {};

    Tls {
        if (insecure && authorities.isPresent()) {
            throw new IllegalArgumentException(
                    "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH must not"
                            + " both be set: the first trusts everybody, the second a few; leave out one");
        }
    }

    Tls trusting(Path pem) {
        return new Tls(Optional.of(pem), client, insecure);
    }

    Tls provenBy(Path pem) {
        return new Tls(authorities, Optional.of(pem), insecure);
    }

    Tls trustingEverybody() {
        return new Tls(authorities, client, true);
    }

    /**
     * What these settings need beyond the JDK's own; reads the files.
     *
     * @throws IllegalArgumentException when a file cannot be used
     */
    Optional<SSLContext> context() {
        if (equals(JDK)) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), new SecureRandom());
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalArgumentException("the certificates of MLflow's settings cannot be used", failure);
        }
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (client.isEmpty()) {
            return null;
        }
        Pem pem = Pem.read("MLFLOW_TRACKING_CLIENT_CERT_PATH", client.get());
        KeyStore store = empty();
        store.setKeyEntry("client", pem.key(), NO_PASSWORD, pem.certificates().toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (insecure) {
            return new TrustManager[] {new TrustingEverybody()};
        } else if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate authority :
                Pem.read("MLFLOW_TRACKING_SERVER_CERT_PATH", authorities.get()).certificates()) {
            store.setCertificateEntry("authority" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Extended, so that the JDK does not add its own check of the host name. */
    private static final class TrustingEverybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
