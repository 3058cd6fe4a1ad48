package dev.melancia.scorer;

import org.jspecify.annotations.Nullable;

/**
 * Whether the answer is JSON, and follows a schema if one is given. The answer may stand in one code fence; prose around the
 * JSON is a failure. Immutable.
 *
 * @param schema what it has to follow, or null
 * @param written the schema as it was given, else empty
 */
record JsonForm(@Nullable JsonSchema schema, String written) implements Scorer {

    @Override
    public String name() {
        return schema == null ? "json" : "json schema";
    }

    /** With the schema: a composite that is paid for may have it as a part. */
    @Override
    public String fingerprint() {
        return name() + "\n" + measures() + "\n" + written;
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when the answer, or the code fence it consists of, is valid JSON"
                + (schema == null ? "" : " and follows the schema") + ", else 0";
    }

    @Override
    public String blindTo() {
        return "whether the values are right" + (schema == null ? "" : "; how far a wrong document is off");
    }

    @Override
    public String agreement() {
        return "exact by definition; people do not come in";
    }

    @Override
    public Score score(Question question, Answer answer) {
        try {
            return Score.of(
                    JsonText.read(answer.text())
                                    .filter(node -> schema == null || schema.admits(node))
                                    .isPresent()
                            ? 1
                            : 0);
        } catch (BoundedText.TooManySteps e) {
            return Score.failed(String.valueOf(e.getMessage()));
        }
    }
}
