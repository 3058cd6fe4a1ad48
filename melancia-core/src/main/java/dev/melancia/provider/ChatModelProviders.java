package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers an application uses, by id. Nothing is searched for unless asked: {@link #of} takes the providers given,
 * {@link #discover} adds those that {@link ServiceLoader} finds. A provider given explicitly wins over a discovered one
 * of the same id; two of the same kind are an error. A broken provider does not hide the others: it is logged once and
 * listed by {@link #failures()}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ChatModelProviders {

    private static final Logger LOG = LoggerFactory.getLogger(ChatModelProviders.class);
    private static final Set<String> OURS = Set.of("openai", "ollama", "huggingface");

    // A class loader that cannot list its resources fails at every look, and would be asked for ever.
    private static final int MAX_FAILURES = 20;

    private final Map<String, ChatModelProvider> byId;
    private final List<String> failures;

    private ChatModelProviders(Map<String, ChatModelProvider> byId, List<String> failures) {
        this.byId = byId;
        this.failures = List.copyOf(failures);
    }

    /**
     * Just these providers.
     *
     * @throws DuplicateProviderException when two have one id
     */
    public static ChatModelProviders of(ChatModelProvider... providers) {
        return new ChatModelProviders(index(Arrays.asList(providers), "register only one of them"), List.of());
    }

    /**
     * These providers, and those that the thread's context class loader finds.
     *
     * @throws DuplicateProviderException when two given, or two found, have one id
     */
    public static ChatModelProviders discover(ChatModelProvider... explicit) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return discover(context == null ? ChatModelProviders.class.getClassLoader() : context, explicit);
    }

    /** As {@link #discover(ChatModelProvider...)}, with the class loader of a plugin or a container. */
    public static ChatModelProviders discover(ClassLoader classLoader, ChatModelProvider... explicit) {
        Map<String, ChatModelProvider> chosen = index(Arrays.asList(explicit), "register only one of them");
        List<String> failures = new ArrayList<>();
        List<ChatModelProvider> found = new ArrayList<>();
        for (ChatModelProvider provider : load(classLoader, failures)) {
            if (!chosen.containsKey(provider.id())) {
                found.add(provider);
            }
        }
        chosen.putAll(index(found, "remove one from the class path, or register the one that is meant"));
        return new ChatModelProviders(chosen, failures);
    }

    /**
     * The provider with this id.
     *
     * @throws UnknownProviderException when there is none; the message lists those found and the artifact to add
     */
    public ChatModelProvider provider(String id) {
        ChatModelProvider provider = byId.get(requireNonNull(id, "id"));
        if (provider == null) {
            throw new UnknownProviderException(id, ids(), remedy(id));
        }
        return provider;
    }

    /** Ids of the providers that are there, in alphabetical order. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /** One line a provider that was found and could not be loaded: its class and why. */
    public List<String> failures() {
        return failures;
    }

    /**
     * A model that answers in one piece, from the provider its id names.
     *
     * @throws UnknownProviderException when there is no such provider
     * @throws ProviderConfigurationException when the provider misses a setting
     */
    public ChatModel chatModel(ModelSettings settings) {
        return provider(settings.model().provider()).chatModel(settings);
    }

    /**
     * A model that answers piece by piece, from the provider its id names.
     *
     * @throws UnknownProviderException when there is no such provider
     * @throws ProviderConfigurationException when the provider misses a setting, or does not stream
     */
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        ChatModelProvider provider = provider(settings.model().provider());
        if (!capabilities(settings).contains(ModelCapability.STREAMING)) {
            throw new ProviderConfigurationException(
                    "capabilities",
                    settings.model() + " does not declare STREAMING; use its chatModel, or declare the capability");
        }
        return provider.streamingChatModel(settings);
    }

    /** What the model of these settings can do: as they say, else as its provider says. */
    public Set<ModelCapability> capabilities(ModelSettings settings) {
        return settings.capabilities()
                .orElseGet(() -> provider(settings.model().provider()).capabilities());
    }

    /**
     * What counts the tokens of the answers of these settings' model, as its provider reads them. It never throws: where the
     * provider fails to count, nothing was counted, and the first failure is logged.
     *
     * @throws UnknownProviderException when there is no such provider
     */
    public Function<ChatResponse, TokenCounts> tokenReader(ModelSettings settings) {
        return new TokenReader(provider(settings.model().provider()));
    }

    private String remedy(String id) {
        String artifact = OURS.contains(id)
                ? "add dev.melancia:melancia-provider-" + id + " to the class path"
                : "add the artifact that has it to the class path, or register it";
        return failures.isEmpty() ? artifact : artifact + " (could not be loaded: " + failures + ")";
    }

    private static List<ChatModelProvider> load(ClassLoader classLoader, List<String> failures) {
        List<ChatModelProvider> found = new ArrayList<>();
        var candidates = ServiceLoader.load(ChatModelProvider.class, classLoader).stream()
                .iterator();
        while (failures.size() < MAX_FAILURES) {
            try {
                if (!candidates.hasNext()) {
                    break;
                }
                ChatModelProvider provider = candidates.next().get();
                requireValidId(provider);
                found.add(provider);
            } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
                failures.add(broken.getMessage() == null ? broken.toString() : broken.getMessage());
                LOG.atWarn().setCause(broken).log("A provider was found and could not be loaded; the others are");
            }
        }
        return found;
    }

    private static void requireValidId(ChatModelProvider provider) {
        if (!ModelId.isProviderId(provider.id())) {
            throw new IllegalArgumentException(provider.getClass().getName()
                    + ": provider id must be lower-case letters, digits and dashes, was \"" + provider.id() + "\"");
        }
    }

    private static Map<String, ChatModelProvider> index(List<ChatModelProvider> providers, String remedy) {
        Map<String, ChatModelProvider> byId = new TreeMap<>();
        for (ChatModelProvider provider : providers) {
            requireValidId(provider);
            ChatModelProvider other = byId.putIfAbsent(provider.id(), provider);
            if (other != null) {
                throw new DuplicateProviderException(
                        provider.id(),
                        other.getClass().getName(),
                        provider.getClass().getName(),
                        remedy);
            }
        }
        return byId;
    }
}
