package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes with real servers, whose keys are made when the test runs. */
class TlsTest {

    @TempDir
    static Path folder;

    private static Path own;
    private static Path stranger;
    private static Path client;
    private static TlsServer server;

    @BeforeAll
    static void start() throws Exception {
        own = TlsServer.identity(folder, "own", "ip:127.0.0.1");
        stranger = TlsServer.identity(folder, "stranger", "dns:other.example");
        client = TlsServer.identity(folder, "client", "dns:client.example");
        server = TlsServer.start(own, own);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anUnknownCertificateIsRefusedAtOnceWithTheRemedy() {
        assertRefused(MlflowSettings.builder(server.uri()), "is not trusted", "MLFLOW_TRACKING_SERVER_CERT_PATH");
    }

    @Test
    void anAuthorityOfOnesOwnIsTrusted() throws Exception {
        assertAccepted(MlflowSettings.builder(server.uri()).serverCertificates(TlsServer.pem(own, false)));
    }

    @Test
    void anotherAuthorityIsNot() throws Exception {
        assertRefused(
                MlflowSettings.builder(server.uri()).serverCertificates(TlsServer.pem(stranger, false)), "not trusted");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (TlsServer wrong = TlsServer.start(stranger, stranger)) {
            assertRefused(
                    MlflowSettings.builder(wrong.uri()).serverCertificates(TlsServer.pem(stranger, false)),
                    "not one for the host");
            assertAccepted(MlflowSettings.builder(wrong.uri()).insecureTls());
        }
    }

    @Test
    void aServerThatWantsAClientCertificateGetsIt() throws Exception {
        try (TlsServer strict = TlsServer.start(own, client)) {
            MlflowSettings.Builder bare =
                    MlflowSettings.builder(strict.uri()).serverCertificates(TlsServer.pem(own, false));
            assertThatThrownBy(() -> get(bare.retries(0)))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("MLFLOW_TRACKING_CLIENT_CERT_PATH");
            assertAccepted(MlflowSettings.builder(strict.uri())
                    .serverCertificates(TlsServer.pem(own, false))
                    .clientCertificate(TlsServer.pem(client, true)));
        }
    }

    @Test
    void filesThatCannotBeUsedAreRefusedWithoutTheirContent() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "s3gredo");
        Path old =
                Files.writeString(folder.resolve("old.pem"), TlsServer.block("RSA PRIVATE KEY", new byte[] {1, 2, 3}));
        Path noKey = TlsServer.pem(client, false);
        MlflowSettings.Builder builder = MlflowSettings.builder(server.uri());
        assertThatThrownBy(() -> builder.serverCertificates(empty).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MLFLOW_TRACKING_SERVER_CERT_PATH must hold a certificate")
                .hasMessageNotContaining("s3gredo");
        assertThatThrownBy(() ->
                        builder.serverCertificates(folder.resolve("gone.pem")).build())
                .hasMessageContaining("must be a readable PEM file");
        assertThatThrownBy(() -> MlflowSettings.builder(server.uri())
                        .clientCertificate(old)
                        .build())
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> MlflowSettings.builder(server.uri())
                        .clientCertificate(noKey)
                        .build())
                .hasMessageContaining("must hold a private key");
        assertThatThrownBy(() -> builder.insecureTls().build()).hasMessageContaining("must not both be set");
    }

    private static void assertAccepted(MlflowSettings.Builder settings) {
        assertThat(get(settings).isObject()).isTrue();
    }

    private static com.fasterxml.jackson.databind.JsonNode get(MlflowSettings.Builder settings) {
        try (MlflowApi api = MlflowApi.connect(settings.build())) {
            return api.get("/api/2.0/mlflow/runs/get?run_id=1");
        }
    }

    private static void assertRefused(MlflowSettings.Builder settings, String... words) {
        assertThatThrownBy(() -> get(settings)).isInstanceOfSatisfying(MlflowException.class, failure -> {
            assertThat(failure).hasMessageContainingAll((CharSequence[]) words);
            assertThat(failure.kind()).isEqualTo(MlflowException.Kind.BLOCKED);
            assertThat(failure.outcomeUnknown()).isFalse();
        });
    }
}
