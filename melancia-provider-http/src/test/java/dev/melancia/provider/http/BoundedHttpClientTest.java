package dev.melancia.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.melancia.provider.RetryAfter;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.BlackHole;
import dev.melancia.testkit.Gate;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.Reply;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundedHttpClientTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-22T18:00:00Z"));
    private static final String KEY = "sk-canary-5f0c1e7a94d24b6c8e13";

    @Test
    void givesStatusHeadersAndBody() {
        try (LoopbackServer server =
                LoopbackServer.replying(Reply.of(201, "text/plain", "olá").header("X-Request-Id", "7"))) {
            SuccessfulHttpResponse response = client(SOON).execute(post(server));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo("olá");
            assertThat(response.headers().get("X-REQUEST-ID")).containsExactly("7");
            assertThat(server.requests().get(0).headers()).doesNotContainKeys("upgrade", "http2-settings");
        }
    }

    @Test
    void givesUpTheConnectionWhenTheCallerIsInterrupted() throws Exception {
        try (LoopbackServer server = LoopbackServer.replying(Reply.silence())) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicBoolean stillInterrupted = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                failure.set(catchThrowable(() -> client(SOON).execute(post(server))));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            awaitRequest(server);

            caller.interrupt();
            caller.join(SOON.toMillis());

            assertThat(failure.get()).hasCauseInstanceOf(InterruptedException.class);
            assertThat(stillInterrupted).isTrue();
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }

    @Test
    void givesUpTheConnectionOfAnAnswerThatStallsInTheMiddle() throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(
                Reply.streaming("text/plain").send("half").stall())) {
            assertThatThrownBy(() -> client(SHORT).execute(post(server)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining(server.address().toString())
                    .hasMessageContaining("200 ms");
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
        }
    }

    @Test
    void namesTheServerThatRefuses() {
        HttpRequest request = post(LoopbackServer.refusingAddress().toString());

        assertThatThrownBy(() -> client(SOON).execute(request))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("exchange with http://127.0.0.1:")
                .hasMessageContaining("ConnectException")
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void keepsTheJdksOwnErrorBelowThatOfAConnectionThatIsNotMadeInTime() {
        try (BlackHole nobody = BlackHole.open()) {
            Reading reading = new Reading(Redaction.of(List.of()), event -> true, NOW);
            HttpClient client = new BoundedHttpClient(SHORT, SOON, reading);
            HttpRequest request = post(nobody.address().toString());

            assertThatThrownBy(() -> client.execute(request))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("no connection to http://127.0.0.1:")
                    .hasCauseInstanceOf(HttpConnectTimeoutException.class);
            EventRecorder events = new EventRecorder();
            client.execute(request, events);
            assertThat(events.ended(SOON)).contains("no connection to http://127.0.0.1:");
        }
    }

    @Test
    void blanksTheKeyOutOfErrorsAndKeepsTheRest() {
        try (LoopbackServer server =
                LoopbackServer.replying(Reply.of(401, "text/plain", "Incorrect key " + KEY + " given"))) {
            assertThatThrownBy(() -> client(SOON, KEY).execute(post(server)))
                    .isInstanceOf(HttpException.class)
                    .hasMessage("Incorrect key *** given");
        }
    }

    @Test
    void saysWhenTheServerWantsToBeAskedAgain() {
        Reply busy =
                Reply.of(429, "text/plain", "slow down " + KEY).header("Retry-After", "Sun, 22 Nov 2026 18:00:30 GMT");
        try (LoopbackServer server = LoopbackServer.replying(busy)) {
            assertThatThrownBy(() -> client(SOON, KEY).execute(post(server)))
                    .isInstanceOf(HttpException.class)
                    .hasMessage("slow down ***")
                    .isInstanceOfSatisfying(
                            RetryAfter.class, e -> assertThat(e.retryAfter()).hasSeconds(30));
            EventRecorder events = new EventRecorder();
            client(SOON, KEY).execute(post(server), events);
            assertThat(events.ended(SOON)).endsWith("slow down ***");
            assertThat(events.error())
                    .isInstanceOfSatisfying(
                            RetryAfter.class, e -> assertThat(e.retryAfter()).hasSeconds(30));
        }
    }

    @Test
    void doesNotGuessWhenTheServerDoesNotSay() {
        Reply busy = Reply.of(503, "text/plain", "busy").header("Retry-After", "soon");
        try (LoopbackServer server = LoopbackServer.replying(busy)) {
            assertThatThrownBy(() -> client(SOON).execute(post(server)))
                    .isExactlyInstanceOf(HttpException.class)
                    .isNotInstanceOf(RetryAfter.class);
        }
    }

    @Test
    void leavesAnAnswerAloneWhoseWordsAreThePlaceholderKey() {
        try (LoopbackServer server = LoopbackServer.replying(Reply.of(200, "text/plain", "EMPTY is not full"))) {
            assertThat(client(SOON, "EMPTY").execute(post(server)).body()).isEqualTo("EMPTY is not full");
        }
    }

    @Test
    void doesNotFollowARedirectWithTheKey() {
        try (LoopbackServer other = LoopbackServer.replying(Reply.of(200, "text/plain", "caught"));
                LoopbackServer server = LoopbackServer.replying(Reply.of(307, "text/plain", "")
                        .header("Location", other.address().toString()))) {
            assertThatThrownBy(() -> client(SOON).execute(post(server))).isInstanceOf(HttpException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void readsAStreamThatPausesForLessThanTheLimitHoweverLongItLasts() {
        Reply reply = Reply.streaming("text/event-stream");
        for (int i = 0; i < 6; i++) {
            reply = reply.send("data: " + i + "\n\n").waitFor(opensAfter(200L * (i + 1)));
        }
        try (LoopbackServer server = LoopbackServer.replying(reply.end())) {
            EventRecorder events = new EventRecorder();
            client(Duration.ofMillis(800)).execute(post(server), events);

            assertThat(events.ended(SOON)).isEqualTo("closed");
            assertThat(events.data()).containsExactly("0", "1", "2", "3", "4", "5");
        }
    }

    @Test
    void endsAStreamWithAnErrorWhenTheListenerCannotReadAnEvent() {
        Reply reply = Reply.streaming("text/event-stream")
                .send("data: good\n\n")
                .send("data: bad\n\n")
                .send("data: good\n\n")
                .end();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            EventRecorder events = new EventRecorder();
            client(SOON).execute(post(server), events);

            assertThat(events.ended(SOON)).contains("cannot read bad");
            assertThat(events.data()).containsExactly("good");
            assertThat(events.signals()).hasValue(1);
        }
    }

    @Test
    void passesNothingOfTheCallerOnToAThreadThatOthersWillUse() throws Exception {
        InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
        Reply reply = Reply.streaming("text/event-stream").send("data: 1\n\n").end();
        try (LoopbackServer server = LoopbackServer.replying(reply);
                URLClassLoader ofTheCaller = new URLClassLoader(new URL[0])) {
            Thread caller = new Thread(() -> {
                user.set("ana");
                client(SOON).execute(post(server), new ServerSentEventListener() {
                    @Override
                    public void onError(Throwable error) {
                        seen.completeExceptionally(error);
                    }

                    @Override
                    public void onClose() {
                        seen.complete(String.valueOf(user.get()));
                        loader.complete(Thread.currentThread().getContextClassLoader());
                    }
                });
            });
            caller.setContextClassLoader(ofTheCaller);
            caller.start();

            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo("null");
            assertThat(loader.get(5, TimeUnit.SECONDS)).isSameAs(BoundedHttpClient.class.getClassLoader());
        }
    }

    // A pause of the server, on the server's side: the one place where real time is what is tested.
    private static Gate opensAfter(long millis) {
        Gate gate = Gate.closed();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(gate::open);
        return gate;
    }

    private static void awaitRequest(LoopbackServer server) throws InterruptedException {
        assertThat(server.awaitRequests(1, SOON)).as("request").isTrue();
    }

    private static HttpClient client(Duration limit, String... keys) {
        List<Secret> secrets = List.of(keys).stream().map(Secret::of).toList();
        return new BoundedHttpClient(SOON, limit, new Reading(Redaction.of(secrets), event -> true, NOW));
    }

    private static HttpRequest post(LoopbackServer server) {
        return post(server.address().toString());
    }

    private static HttpRequest post(String address) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(address + "/x")
                .body("{}")
                .build();
    }
}
