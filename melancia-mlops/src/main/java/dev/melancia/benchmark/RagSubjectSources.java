package dev.melancia.benchmark;

import dev.langchain4j.rag.content.Content;
import dev.melancia.MelanciaException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Names the sources of passages by their metadata. Immutable.
 *
 * @param keys where the name is looked for, in this order
 * @param required whether a passage without one is an error
 */
record RagSubjectSources(List<String> keys, boolean required) {

    static final RagSubjectSources USUAL = new RagSubjectSources(List.of("file_name", "url", "source", "id"), false);

    static RagSubjectSources of(String key) {
        return new RagSubjectSources(List.of(key), true);
    }

    /**
     * The sources, each once, best first; empty when one of them has no name.
     *
     * @throws MelanciaException when a name is required and missing
     */
    Optional<List<String>> names(List<Content> passages) {
        Set<String> names = new LinkedHashSet<>();
        for (Content passage : passages) {
            Map<String, Object> metadata = passage.textSegment().metadata().toMap();
            Optional<String> name = name(metadata);
            if (name.isEmpty() && required) {
                throw new MelanciaException("a passage must have the metadata \"" + keys.get(0)
                        + "\" that names its source, had " + new TreeSet<>(metadata.keySet())
                        + "; set it when the documents are indexed, or give another sourceKey");
            }
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(new ArrayList<>(names));
    }

    private Optional<String> name(Map<String, Object> metadata) {
        return keys.stream()
                .flatMap(key -> Stream.ofNullable(metadata.get(key)))
                .map(Object::toString)
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    /** What the passages say, best first. */
    static List<String> texts(List<Content> passages) {
        return passages.stream().map(passage -> passage.textSegment().text()).toList();
    }
}
