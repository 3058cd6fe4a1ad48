package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

/**
 * Names one model of one provider, written {@code provider/model}: {@code openai/gpt-4o-mini},
 * {@code huggingface/meta-llama/Llama-3.1-8B-Instruct}. The provider ends at the first slash; the rest is the name that
 * the provider itself understands. Immutable.
 *
 * @param provider id of the provider: lower-case letters, digits and dashes, starting with a letter
 * @param model the provider's own name of the model, not blank
 * @since 0.1.0
 */
public record ModelId(String provider, String model) {

    public ModelId {
        requireNonNull(provider, "provider");
        requireNonNull(model, "model");
        if (!isProviderId(provider)) {
            throw new IllegalArgumentException("provider id must be lower-case letters, digits and dashes, starting"
                    + " with a letter (such as openai), was \"" + provider + "\"");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model name must not be blank, provider was \"" + provider + "\"");
        }
    }

    /**
     * Reads {@code provider/model}.
     *
     * @throws IllegalArgumentException when there is no slash, or a part is malformed
     */
    public static ModelId of(String id) {
        requireNonNull(id, "id");
        int slash = id.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "model id must be provider/model (such as ollama/phi3:mini), was \"" + id + "\"");
        }
        return new ModelId(id.substring(0, slash), id.substring(slash + 1));
    }

    static boolean isProviderId(String text) {
        if (text.isEmpty() || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
            return false;
        }
        return text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** The id as it is written: {@code provider/model}. */
    @Override
    public String toString() {
        return provider + "/" + model;
    }
}
