package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {

    /** Schema, a value it admits, one it does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"object\"} | {} | []",
                "{\"type\": [\"string\", \"null\"]} | null | 1",
                "{\"type\": \"integer\"} | 1.0 | 1.5",
                "{\"type\": \"number\"} | 1e3 | \"1\"",
                "{\"enum\": [1, \"a\"]} | 1.0 | 2",
                "{\"const\": {\"a\": 1}} | {\"a\": 1.0} | {\"a\": 2}",
                "{\"required\": [\"a\"]} | {\"a\": null} | {\"b\": 1}",
                "{\"properties\": {\"a\": {\"type\": \"string\"}}} | {\"b\": 1} | {\"a\": 1}",
                "{\"properties\": {\"a\": true}, \"additionalProperties\": false} | {\"a\": 1} | {\"b\": 1}",
                "{\"additionalProperties\": {\"type\": \"number\"}} | {\"b\": 1} | {\"b\": \"\"}",
                "{\"items\": {\"minimum\": 2}} | [2, 3] | [2, 1]",
                "{\"minItems\": 1, \"maxItems\": 2} | [1] | []",
                "{\"maxItems\": 2} | [1, 2] | [1, 2, 3]",
                "{\"uniqueItems\": true} | [1, 2] | [1, 1.0]",
                "{\"minProperties\": 1} | {\"a\": 1} | {}",
                "{\"minLength\": 2} | \"é🍉\" | \"🍉\"",
                "{\"maxLength\": 1} | \"🍉\" | \"ab\"",
                "{\"pattern\": \"^a+$\"} | \"aa\" | \"ab\"",
                "{\"maximum\": 5} | 5 | 5.1",
                "{\"exclusiveMinimum\": 0} | 0.1 | 0",
                "{\"exclusiveMaximum\": 1} | 0.9 | 1",
                "{\"multipleOf\": 0.1} | 0.3 | 0.35",
                "{\"multipleOf\": 7} | -14 | 15",
                "{\"multipleOf\": 200} | 1e3 | 1.1e3",
                "{\"multipleOf\": 2.5} | 0 | 2",
                "{\"multipleOf\": 4} | 1e1000000 | 1e-1000000",
                "{\"multipleOf\": 1e-3} | 1e2000000000 | 1e-2000000000",
                "{\"required\": [], \"type\": \"object\"} | {} | []",
                "{\"allOf\": [{\"minimum\": 1}, {\"maximum\": 2}]} | 2 | 3",
                "{\"anyOf\": [{\"const\": 1}, {\"const\": 2}]} | 2 | 3",
                "{\"oneOf\": [{\"minimum\": 1}, {\"maximum\": 2}]} | 3 | 1.5",
                "{\"not\": {\"type\": \"null\"}} | 1 | null",
                "{\"title\": \"t\", \"format\": \"date\", \"type\": \"string\"} | \"x\" | 1",
            })
    void admitsAndRejects(String schema, String good, String bad) {
        assertThat(value(schema, good)).as("admitted").isEqualTo(1);
        assertThat(value(schema, bad)).as("rejected").isZero();
    }

    @Test
    void ignoresKeywordsOfOtherTypes() {
        assertThat(value("{\"minLength\": 3, \"minimum\": 3, \"minItems\": 3, \"required\": [\"a\"]}", "true"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"properties\": {\"a\": {\"$ref\": \"#/x\"}}} | #/properties/a/$ref | $ref is not known",
                "{\"typ\": \"string\"} | #/typ | typ is not known",
                "{\"type\": \"text\"} | #/type | unknown type",
                "{\"minLength\": -1} | #/minLength | at least 0",
                "{\"pattern\": \"(\"} | #/pattern | Unclosed",
                "{\"uniqueItems\": \"yes\"} | #/uniqueItems | must be true or false",
                "{\"required\": [1]} | #/required | array of texts",
                "{\"required\": \"a\"} | #/required | array of texts",
                "{\"multipleOf\": 0} | #/multipleOf | above 0",
                "[] | # | object or a boolean",
                "{ | schema | no valid JSON",
            })
    void refusesWhatItDoesNotKnow(String schema, String place, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scorers.jsonSchema(schema))
                .withMessageContaining(place)
                .withMessageContaining(rule);
    }

    private static double value(String schema, String text) {
        return Scorers.jsonSchema(schema)
                .score(Question.of("q", "?", "x"), Answer.of(text))
                .value()
                .orElseThrow();
    }
}
