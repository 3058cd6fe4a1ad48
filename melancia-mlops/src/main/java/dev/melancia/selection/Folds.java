package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Questions dealt into k parts of about one size. Questions of one {@link Question#group()} stay together, since an answer
 * to one tells of the others; each tag is spread over the parts as evenly as whole groups allow. Immutable.
 *
 * <p>Groups are shuffled by the seed, taken largest first, and each goes where it lowers the squared distance from even
 * shares (of questions and of each tag) most; ties go to the fold that the seed put first. It is a heuristic: the most even
 * deal of groups is a packing problem. Several tags of one question all count, after Sechidis, Tsoumakas and Vlahavas
 * 2011, <a href="https://doi.org/10.1007/978-3-642-23808-6_10">doi</a>.
 *
 * @since 0.1.0
 */
public final class Folds {

    private final List<Question> questions;
    private final Map<String, Integer> foldOf;
    private final int k;

    private Folds(List<Question> questions, Map<String, Integer> foldOf, int k) {
        this.questions = questions;
        this.foldOf = foldOf;
        this.k = k;
    }

    /**
     * Deals questions into k folds.
     *
     * @param k at least 2, at most the number of groups
     * @param seed the same seed gives the same folds
     * @throws IllegalArgumentException when k is below 2, there are fewer groups than folds, or two questions share an id
     */
    public static Folds of(List<Question> questions, int k, long seed) {
        List<Question> copy = List.copyOf(questions);
        Map<String, List<Question>> groups = new LinkedHashMap<>();
        for (Question question : copy) {
            groups.computeIfAbsent(question.group(), group -> new ArrayList<>()).add(question);
        }
        if (k < 2) {
            throw new IllegalArgumentException("k must be at least 2, was " + k);
        }
        if (groups.size() < k) {
            throw new IllegalArgumentException("k must be at most the number of groups, was " + k + " for "
                    + groups.size() + " groups of " + copy.size()
                    + " questions; questions of one group stay together, so take fewer folds or more groups");
        }
        return new Folds(copy, deal(new ArrayList<>(groups.values()), k, seed), k);
    }

    private static Map<String, Integer> deal(List<List<Question>> groups, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        shuffle(groups, random);
        groups.sort(
                Comparator.comparingInt((List<Question> group) -> group.size()).reversed());
        Balance balance = new Balance(groups, order(k, random));
        Map<String, Integer> foldOf = new HashMap<>();
        for (List<Question> group : groups) {
            int fold = balance.place(group);
            for (Question question : group) {
                if (foldOf.put(question.id(), fold) != null) {
                    throw new IllegalArgumentException(
                            "question ids must be unique, repeated was \"" + question.id() + "\"");
                }
            }
        }
        return foldOf;
    }

    private static int[] order(int k, SplittableRandom random) {
        List<Integer> folds = new ArrayList<>();
        for (int fold = 0; fold < k; fold++) {
            folds.add(fold);
        }
        shuffle(folds, random);
        return folds.stream().mapToInt(Integer::intValue).toArray();
    }

    private static <T> void shuffle(List<T> values, SplittableRandom random) {
        for (int i = values.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T moved = values.get(i);
            values.set(i, values.get(j));
            values.set(j, moved);
        }
    }

    /** The number of folds, at least 2. */
    public int k() {
        return k;
    }

    /**
     * The questions of one fold, in the order given, at least one.
     *
     * @param fold in [0, k)
     */
    public List<Question> fold(int fold) {
        return questions.stream().filter(question -> in(question, fold)).toList();
    }

    /**
     * The questions of all other folds, in the order given.
     *
     * @param fold in [0, k)
     */
    public List<Question> others(int fold) {
        return questions.stream().filter(question -> !in(question, fold)).toList();
    }

    private boolean in(Question question, int fold) {
        if (fold < 0 || fold >= k) {
            throw new IllegalArgumentException("fold must be in [0, " + k + "), was " + fold);
        }
        return foldOf.getOrDefault(question.id(), -1) == fold;
    }

    /** The sizes. */
    @Override
    public String toString() {
        return "Folds[" + questions.size() + " questions in " + k + "]";
    }
}
