package dev.melancia.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts, each kept once. Confined to one thread. */
final class TextPool {

    static final int NONE = -1;

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    int index(String text) {
        return indexes.computeIfAbsent(text, added -> {
            texts.add(added);
            return texts.size() - 1;
        });
    }

    List<String> texts() {
        return texts;
    }
}
