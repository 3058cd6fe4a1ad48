package dev.melancia.regression;

import dev.melancia.scorer.Question;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What two runs asked: the same, something else under the same id, or only one of them. Immutable. */
final class QuestionSets {

    private final List<String> changed;
    private final List<String> added;
    private final List<String> removed;
    private final Set<String> same;

    QuestionSets(List<Question> earlier, List<Question> now) {
        Map<String, Question> before = byId(earlier);
        Map<String, Question> after = byId(now);
        added = without(after, before);
        removed = without(before, after);
        Set<String> conversations = new HashSet<>();
        for (Question question : after.values()) {
            if (!sameTurn(question, before.get(question.id()))) {
                question.conversation().ifPresent(conversations::add);
            }
        }
        removed.forEach(id -> Optional.ofNullable(before.get(id))
                .flatMap(Question::conversation)
                .ifPresent(conversations::add));
        changed = after.values().stream()
                .filter(question -> before.containsKey(question.id()))
                .filter(question -> !sameTurn(question, before.get(question.id()))
                        || question.conversation()
                                .filter(conversations::contains)
                                .isPresent())
                .map(Question::id)
                .toList();
        same = after.keySet().stream()
                .filter(id -> before.containsKey(id) && !changed.contains(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Question> byId(List<Question> questions) {
        Map<String, Question> byId = new LinkedHashMap<>();
        questions.forEach(question -> byId.put(question.id(), question));
        return byId;
    }

    private static List<String> without(Map<String, Question> questions, Map<String, Question> others) {
        return questions.keySet().stream().filter(id -> !others.containsKey(id)).toList();
    }

    /** Whether a subject was asked the same and is scored by the same; a tag or a group changes neither. */
    private static boolean sameTurn(Question one, @Nullable Question other) {
        return other != null
                && one.text().equals(other.text())
                && one.references().equals(other.references())
                && one.sources().equals(other.sources())
                && one.isAnswerable() == other.isAnswerable()
                && Objects.equals(one.context(), other.context())
                && Objects.equals(one.conversation(), other.conversation());
    }

    /** In both, but not the same; every turn of a conversation of which one turn changed, came or went. */
    List<String> changed() {
        return changed;
    }

    List<String> added() {
        return added;
    }

    List<String> removed() {
        return removed;
    }

    Set<String> same() {
        return same;
    }
}
