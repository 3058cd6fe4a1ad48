package dev.melancia.benchmark;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The questions of the quick mode: at most {@value #SIZE}, spread over the tags.
 *
 * <p>A unit is a conversation or a question alone; its stratum is the first tag of its first question. The strata take
 * turns, each giving its next unit in an order shuffled by the seed, until no unit fits any more: so no stratum has more
 * than one unit more than another that still had one to give. Should every conversation be longer than the sample, the
 * shortest is taken whole, for half a conversation measures nothing.
 */
final class Sample {

    static final int SIZE = 20;

    private Sample() {}

    static List<Question> quick(List<Question> questions, long seed) {
        if (questions.size() <= SIZE) {
            return questions;
        }
        List<List<Question>> chosen = new ArrayList<>();
        List<List<List<Question>>> strata = strata(questions, new Random(seed));
        int left = SIZE;
        for (int round = 0; !strata.isEmpty(); round++) {
            for (List<List<Question>> stratum : strata) {
                List<Question> unit = stratum.get(round);
                if (unit.size() <= left) {
                    chosen.add(unit);
                    left -= unit.size();
                }
            }
            int next = round + 1;
            strata.removeIf(stratum -> stratum.size() <= next);
        }
        return chosen.isEmpty() ? shortest(questions) : inOrder(questions, chosen);
    }

    private static List<List<List<Question>>> strata(List<Question> questions, Random random) {
        Map<String, List<List<Question>>> byTag = new TreeMap<>();
        for (List<Question> unit : Strand.units(questions)) {
            String tag = unit.get(0).tags().stream().findFirst().orElse("");
            byTag.computeIfAbsent(tag, absent -> new ArrayList<>()).add(unit);
        }
        byTag.values().forEach(stratum -> Collections.shuffle(stratum, random));
        List<List<List<Question>>> strata = new ArrayList<>(byTag.values());
        Collections.shuffle(strata, random);
        return strata;
    }

    private static List<Question> shortest(List<Question> questions) {
        List<Question> shortest = questions;
        for (List<Question> unit : Strand.units(questions)) {
            shortest = unit.size() < shortest.size() ? unit : shortest;
        }
        return List.copyOf(shortest);
    }

    private static List<Question> inOrder(List<Question> questions, List<List<Question>> chosen) {
        Set<String> ids = new HashSet<>();
        chosen.forEach(unit -> unit.forEach(question -> ids.add(question.id())));
        return questions.stream()
                .filter(question -> ids.contains(question.id()))
                .toList();
    }
}
