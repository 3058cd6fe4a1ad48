package dev.melancia.cache;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which answers are the same: tenant, model, prompt version and the whole request. Two requests are the same when
 * langchain4j's {@code equals} says so, so no message, schema, image or parameter is forgotten; a class of parameters of
 * your own must have an {@code equals} over all its fields.
 *
 * <p>The <b>user is no part of it</b>: the same question gets the same answer, whoever asks. Where prompts leave out what
 * the answer depends on, such as the rights of a user whose documents the model reads by itself, do not cache, or give each
 * user a tenant of their own. Calls without a tenant share one space.
 *
 * <p>Immutable and thread-safe; its {@code toString()} shows neither request nor tenant. A cache outside this process must
 * digest {@link #request()} whole.
 *
 * @since 0.1.0
 */
public final class CacheKey {

    // The hash is computed once: a request is hashed over all its text. A host that changes a message after the call
    // (its
    // attributes are mutable) leaves a key whose hash and content no longer agree; such a key is never found again, and
    // never taken for another one, since equals compares the kept hashes first.
    private static final int PRIME = 31;

    private final @Nullable String tenant;
    private final ModelId model;
    private final @Nullable String promptVersion;
    private final ChatRequest request;
    private final int hash;

    private CacheKey(@Nullable String tenant, ModelId model, @Nullable String promptVersion, ChatRequest request) {
        this.tenant = tenant;
        this.model = requireNonNull(model, "model");
        this.promptVersion = promptVersion;
        this.request = requireNonNull(request, "request");
        this.hash = ((request.hashCode() * PRIME + model.hashCode()) * PRIME + Objects.hashCode(tenant)) * PRIME
                + Objects.hashCode(promptVersion);
    }

    /** Key of the answer that a model gave, or would give, to a request; of the context only tenant and prompt version. */
    public static CacheKey of(CallContext context, ModelId model, ChatRequest request) {
        return new CacheKey(
                context.tenant().orElse(null), model, context.promptVersion().orElse(null), request);
    }

    /** On whose behalf; empty is a space of its own. */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    public ModelId model() {
        return model;
    }

    /** Name and version of the prompt template; empty is a version of its own. */
    public Optional<String> promptVersion() {
        return Optional.ofNullable(promptVersion);
    }

    public ChatRequest request() {
        return request;
    }

    /** This key for the answer of another model. */
    public CacheKey withModel(ModelId other) {
        return model.equals(other) ? this : new CacheKey(tenant, other, promptVersion, request);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CacheKey key
                        && hash == key.hash
                        && model.equals(key.model)
                        && Objects.equals(tenant, key.tenant)
                        && Objects.equals(promptVersion, key.promptVersion)
                        && request.equals(key.request));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "CacheKey[" + model + ", promptVersion=" + promptVersion + "]";
    }
}
