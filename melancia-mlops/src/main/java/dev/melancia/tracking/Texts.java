package dev.melancia.tracking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Texts on their way to MLflow. Stateless. */
final class Texts {

    private static final int MOST_NAME = 250;

    private Texts() {}

    /** At most so many characters (code points): the beginning stays. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** As MLflow takes it for a name of a span, a model or a source: at most 250 UTF-16 units. */
    static String name(String text, String whenBlank) {
        if (text.isBlank()) {
            return whenBlank;
        }
        int end = Math.min(text.length(), MOST_NAME);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** A JSON array. */
    static String array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        addTo(array, texts);
        return array.toString();
    }

    static void addTo(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
