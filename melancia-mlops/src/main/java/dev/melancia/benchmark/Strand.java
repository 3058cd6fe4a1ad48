package dev.melancia.benchmark;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is asked one after another: the turns of a conversation, or one question alone. Immutable.
 *
 * @param repeat from 0
 * @param turns at least one, in the dataset's order
 */
record Strand(int repeat, List<Question> turns) {

    Strand {
        turns = List.copyOf(turns);
    }

    /** All strands in the order in which they are begun: each repeat after the one before, shuffled by the seed. */
    static List<Strand> all(List<Question> questions, RunSettings settings) {
        List<List<Question>> units = new ArrayList<>(units(questions));
        Random random = new Random(settings.seed());
        List<Strand> strands = new ArrayList<>();
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            List<List<Question>> shuffled = new ArrayList<>(units);
            Collections.shuffle(shuffled, random);
            for (List<Question> turns : shuffled) {
                strands.add(new Strand(repeat, turns));
            }
        }
        return strands;
    }

    /** Conversations whole, other questions alone, in the order of their first question. */
    static Collection<List<Question>> units(List<Question> questions) {
        Map<Object, List<Question>> units = new LinkedHashMap<>();
        for (Question question : questions) {
            Object key = question.conversation().<Object>map(name -> name).orElse(question);
            units.computeIfAbsent(key, absent -> new ArrayList<>()).add(question);
        }
        return units.values();
    }
}
