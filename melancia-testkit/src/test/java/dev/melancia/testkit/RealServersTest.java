package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RealServersTest {

    @Test
    void skipsByNameWithoutTheVariable() {
        assertThatThrownBy(() -> RealServers.require("ACME_URL", null, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("ACME_URL");
    }

    @Test
    void failsInAPipelineWithoutTheVariable() {
        assertThatThrownBy(() -> RealServers.require("ACME_URL", " ", true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("ACME_URL");
    }

    @Test
    void readsTheAddress() {
        assertThat(RealServers.require("ACME_URL", "http://h:1 ", true)).hasToString("http://h:1");
    }
}
