package dev.melancia.mlflow.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedTablesTest {

    @Test
    void aTableIsListedOnceBesideWhatOthersListed() {
        String others = "[{\"path\":\"e.json\",\"type\":\"evaluation\",\"more\":1}]";
        LoggedTables tables = LoggedTables.of(others).orElseThrow();
        LoggedTables more = tables.plus("t.json").plus("t.json").plus("e.json");
        assertThat(more.json())
                .isEqualTo("[{\"path\":\"e.json\",\"type\":\"evaluation\",\"more\":1},"
                        + "{\"path\":\"t.json\",\"type\":\"table\"}]");
        assertThat(tables.json()).isEqualTo(others);
        assertThat(LoggedTables.none().plus("a").has("a")).isTrue();
        assertThat(LoggedTables.none().has("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "x", "[", "\"a\""})
    void whatIsNoListIsNoTables(String json) {
        assertThat(LoggedTables.of(json)).isEmpty();
    }
}
