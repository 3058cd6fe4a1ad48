package dev.melancia.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdTest {

    @Test
    void endsTheProviderAtTheFirstSlash() {
        ModelId id = ModelId.of("huggingface/meta-llama/Llama-3.1-8B-Instruct");

        assertThat(id.provider()).isEqualTo("huggingface");
        assertThat(id.model()).isEqualTo("meta-llama/Llama-3.1-8B-Instruct");
        assertThat(id).hasToString("huggingface/meta-llama/Llama-3.1-8B-Instruct");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "/gpt-4o", "OpenAI/gpt-4o", "openai/", "openai/  ", "1st/model", "open ai/x"})
    void refusesWhatIsNoModelId(String id) {
        assertThatThrownBy(() -> ModelId.of(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
