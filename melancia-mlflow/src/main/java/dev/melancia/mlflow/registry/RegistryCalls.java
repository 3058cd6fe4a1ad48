package dev.melancia.mlflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The registry's requests: pages followed, what is missing told as missing, creations made once. */
final class RegistryCalls {

    static final String MODELS = "/api/2.0/mlflow/registered-models/";
    static final String VERSIONS = "/api/2.0/mlflow/model-versions/";

    private static final int PAGE = 500;
    private static final int CREATIONS = 3;

    private final MlflowApi api;

    RegistryCalls(MlflowApi api) {
        this.api = api;
    }

    MlflowApi api() {
        return api;
    }

    ObjectNode body(String name) {
        return api.body().put("name", name);
    }

    ObjectNode body(String name, int version) {
        return body(name).put("version", String.valueOf(version));
    }

    /** @param what such as {@code model "x"} */
    static <T> T existing(String what, Supplier<T> request) {
        return find(request).orElseThrow(() -> new NoSuchElementException("MLflow has no " + what));
    }

    static <T> Optional<T> find(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (MlflowException failure) {
            if (failure.isNotFound()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    <T> List<T> search(String path, String filter, int atMost, Function<JsonNode, T> read) {
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost must be at least 1, was " + atMost);
        }
        String field = path.equals(MODELS) ? "registered_models" : "model_versions";
        List<T> found = new ArrayList<>();
        Set<String> seen = new HashSet<>(); // Pages are offsets: what changes meanwhile may come again.
        String token = "";
        do {
            JsonNode page = api.get(path + "search?max_results=" + Math.min(PAGE, atMost - found.size()) + "&filter="
                    + MlflowApi.encode(filter) + (token.isEmpty() ? "" : "&page_token=" + MlflowApi.encode(token)));
            for (JsonNode one : page.path(field)) {
                if (seen.add(
                        one.path("name").asText() + '/' + one.path("version").asText())) {
                    found.add(read.apply(one));
                }
            }
            String next = page.path("next_page_token").asText("");
            token = next.equals(token) ? "" : next; // The same page again would never end.
        } while (!token.isEmpty() && found.size() < atMost);
        return List.copyOf(found.subList(0, Math.min(atMost, found.size())));
    }

    /**
     * POSTs until the outcome is known. A creation without an answer may have happened: then what it made is looked for
     * by its key, and made again only when it is not there.
     *
     * @param adopt finds what an earlier try made
     */
    <T> T createOnce(Supplier<T> create, Supplier<Optional<T>> adopt) {
        for (int tries = 1; ; tries++) {
            try {
                T created = create.get();
                // A slow first try may have come through beside the second; adopting leaves one, unless both are in
                // use.
                return tries == 1 ? created : adopt.get().orElse(created);
            } catch (MlflowException failure) {
                // After a first try of unknown outcome even "already there" may be about what that try made.
                Optional<T> made = tries > 1 || mayHaveHappened(failure) ? adopt.get() : Optional.empty();
                if (made.isPresent()) {
                    return made.get();
                }
                if (tries == CREATIONS || !mayHaveHappened(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean mayHaveHappened(MlflowException failure) {
        return failure.kind() == MlflowException.Kind.LATER || failure.kind() == MlflowException.Kind.CONFLICT;
    }

    /** A text in a filter; MLflow has no way to write a quote of the kind that surrounds it. */
    static String literal(String text) {
        char quote = text.indexOf('\'') < 0 ? '\'' : '"';
        if (quote == '"' && text.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a name with both kinds of quotes cannot be searched for");
        }
        return quote + text + quote;
    }
}
