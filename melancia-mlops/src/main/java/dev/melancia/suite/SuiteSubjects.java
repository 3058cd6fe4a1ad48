package dev.melancia.suite;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.benchmark.ModelSubject;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.PriceTable;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.scorer.Question;
import dev.melancia.suite.SuiteFile.PriceEntry;
import dev.melancia.suite.SuiteFile.SubjectEntry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the subjects that a suite names. */
final class SuiteSubjects {

    /** Where a model runs whose provider is not known for a machine of one's own. */
    private static final int REMOTE_CALLS_AT_ONCE = 8;

    private static final String LOCAL_PROVIDER = "ollama";
    private static final String OLLAMA_ADDRESS = "127.0.0.1";
    private static final int OLLAMA_PORT = 11434;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "0.0.0.0", "[::1]");

    private final ChatModelProviders providers;
    private final Function<String, @Nullable String> environment;
    private final InstantSource clock;

    SuiteSubjects(ChatModelProviders providers, Function<String, @Nullable String> environment, InstantSource clock) {
        this.providers = providers;
        this.environment = environment;
        this.clock = clock;
    }

    /** @throws RuntimeException whatever is wrong with the entry, without its place */
    Subject subject(SubjectEntry entry) {
        ModelId id = ModelId.of(entry.model());
        ModelSettings settings = settings(id, entry);
        String name = Suite.nameOf(entry);
        boolean streams = entry.stream() == null
                ? providers.capabilities(settings).contains(ModelCapability.STREAMING)
                : entry.stream();
        ModelSubject.Builder subject = streams
                ? ModelSubject.builder(name, providers.streamingChatModel(settings))
                : ModelSubject.builder(name, providers.chatModel(settings));
        Function<ChatResponse, TokenCounts> tokens = providers.tokenReader(settings);
        subject.tokens(tokens).placement(placement(id, entry));
        price(id, entry.price()).ifPresent(subject::price);
        if (entry.system() != null) {
            subject.systemMessage(entry.system());
        }
        String prompt = entry.prompt();
        if (prompt != null) {
            subject.prompt(question -> filled(prompt, question));
        }
        return new DescribedSubject(subject.build(), settings(entry));
    }

    private ModelSettings settings(ModelId id, SubjectEntry entry) {
        ModelSettings.Builder settings = ModelSettings.builder(id).environment(environment);
        if (entry.baseUrl() != null) {
            settings.baseUrl(URI.create(entry.baseUrl()));
        }
        if (entry.apiKeyVariable() != null) {
            String key = environment.apply(entry.apiKeyVariable());
            if (key == null || key.isBlank()) {
                throw new IllegalArgumentException("apiKeyVariable names the environment variable "
                        + entry.apiKeyVariable() + ", which is not set");
            }
            settings.apiKey(Secret.of(key));
        }
        if (entry.temperature() != null) {
            settings.temperature(entry.temperature());
        }
        if (entry.maxOutputTokens() != null) {
            settings.maxOutputTokens(entry.maxOutputTokens());
        }
        if (entry.contextWindow() != null) {
            settings.contextWindow(entry.contextWindow());
        }
        if (entry.timeoutSeconds() != null) {
            settings.timeout(Duration.ofSeconds(entry.timeoutSeconds()));
        }
        return settings.build();
    }

    /** All in the file that decides an answer: what is named here may not change while a run is resumed. */
    private static String settings(SubjectEntry entry) {
        return "model=" + entry.model() + ", temperature=" + entry.temperature() + ", maxOutputTokens="
                + entry.maxOutputTokens() + ", contextWindow=" + entry.contextWindow() + ", system=" + entry.system()
                + ", prompt=" + entry.prompt();
    }

    /** Models of a server of one's own share that machine and take turns; those of a service run beside all. */
    private Placement placement(ModelId id, SubjectEntry entry) {
        boolean local = id.provider().equals(LOCAL_PROVIDER);
        int concurrency = entry.concurrency() == null ? local ? 1 : REMOTE_CALLS_AT_ONCE : entry.concurrency();
        String machine = entry.machine() == null && local ? machine(entry) : entry.machine();
        return machine == null ? Placement.remote(concurrency) : Placement.on(machine, concurrency);
    }

    /** Host and port of the server: that of the file, else of OLLAMA_HOST, else this machine's. */
    private String machine(SubjectEntry entry) {
        String address = entry.baseUrl() == null ? environment.apply("OLLAMA_HOST") : entry.baseUrl();
        if (address == null || address.isBlank()) {
            address = OLLAMA_ADDRESS;
        }
        URI uri = URI.create(address.contains("://") ? address : "http://" + address);
        String host = uri.getHost() == null ? address : uri.getHost();
        int port = uri.getPort() < 0 ? OLLAMA_PORT : uri.getPort();
        return (LOOPBACK.contains(host) ? "127.0.0.1" : host) + ":" + port;
    }

    /** The file's price, else that of the shipped table today; a local model's tokens cost nothing. */
    private Optional<TokenPrice> price(ModelId id, @Nullable PriceEntry entry) {
        if (entry == null) {
            return id.provider().equals(LOCAL_PROVIDER)
                    ? Optional.of(TokenPrice.free())
                    : PriceTable.shipped().price(id, clock.instant());
        }
        TokenPrice price = TokenPrice.usdPerMillionTokens(entry.input(), entry.output());
        return Optional.of(entry.cachedInput() == null ? price : price.withCachedInput(entry.cachedInput()));
    }

    /** One pass, so that a question which holds a placeholder is not filled in again. */
    private static String filled(String prompt, Question question) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < prompt.length()) {
            if (prompt.startsWith("{{question}}", at)) {
                filled.append(question.text());
                at += "{{question}}".length();
            } else if (prompt.startsWith("{{context}}", at)) {
                filled.append(question.context().orElse(""));
                at += "{{context}}".length();
            } else {
                filled.append(prompt.charAt(at++));
            }
        }
        return filled.toString();
    }
}
