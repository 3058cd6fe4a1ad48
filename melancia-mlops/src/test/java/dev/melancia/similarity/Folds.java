package dev.melancia.similarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Deals pairs into folds so that no sentence is in two. */
final class Folds {

    private Folds() {}

    /** Number of the group of each pair: pairs that share a sentence, directly or through others, are in one. */
    static int[] groups(List<RatedPair> pairs) {
        Map<String, String> parents = new HashMap<>();
        pairs.forEach(pair -> parents.put(root(parents, pair.a()), root(parents, pair.b())));
        Map<String, Integer> numbers = new HashMap<>();
        return pairs.stream()
                .mapToInt(pair -> numbers.computeIfAbsent(root(parents, pair.a()), root -> numbers.size()))
                .toArray();
    }

    private static String root(Map<String, String> parents, String sentence) {
        String at = sentence;
        String parent = parents.getOrDefault(at, at);
        while (!parent.equals(at)) {
            at = parent;
            parent = parents.getOrDefault(at, at);
        }
        return at;
    }

    /** The pairs of each group. */
    static List<List<Integer>> members(int[] groups) {
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], key -> new ArrayList<>()).add(i);
        }
        return new ArrayList<>(members.values());
    }

    /** Fold of each pair: whole groups, shuffled, each to the fold that has the fewest pairs. */
    static int[] deal(int[] groups, int folds, long seed) {
        List<List<Integer>> order = members(groups);
        Collections.shuffle(order, new Random(seed));
        int[] fold = new int[groups.length];
        int[] sizes = new int[folds];
        for (List<Integer> group : order) {
            int smallest = 0;
            for (int k = 1; k < folds; k++) {
                smallest = sizes[k] < sizes[smallest] ? k : smallest;
            }
            for (int pair : group) {
                fold[pair] = smallest;
            }
            sizes[smallest] += group.size();
        }
        return fold;
    }
}
