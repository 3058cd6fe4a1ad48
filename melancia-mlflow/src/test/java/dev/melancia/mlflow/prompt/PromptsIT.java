package dev.melancia.mlflow.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server, written by us and read by MLflow's own Python, and the other way round. */
class PromptsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final String name = "p-" + UUID.randomUUID();
    private String server = "";
    private MlflowApi api;
    private Prompts prompts;

    @BeforeEach
    void findServer() {
        server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        api = MlflowApi.connect(MlflowSettings.builder(URI.create(server)).build());
        prompts = Prompts.on(api);
    }

    @AfterEach
    void deletePrompts() {
        if (api != null) {
            RegisteredModels.on(api).delete(name);
            RegisteredModels.on(api).delete(name + ".chat");
            api.close();
        }
    }

    @Test
    void promptsOfJavaAreFilledByPythonToTheSameText() throws Exception {
        String text = "Responda em {{ lang }} à pergunta:\n{{question}} {\"a\":{\"b\":1}}";
        PromptVersion one = prompts.register(NewPrompt.of(name, PromptTemplate.text(text))
                .message("primeira versão")
                .tag("autor", "Ana")
                .build());
        prompts.register(NewPrompt.of(
                        name + ".chat",
                        PromptTemplate.chat(List.of(
                                PromptMessage.system("Você é {{ style }}"), PromptMessage.user("{{ question }}"))))
                .responseFormat("{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\"}}}")
                .modelConfig("{\"model_name\":\"m\",\"temperature\":0.2,\"extra\":[1]}")
                .build());
        prompts.setAlias(name, "production", 1);

        JsonNode read = python("""
                p = mlflow.genai.load_prompt("prompts:/NAME@production")
                c = mlflow.genai.load_prompt("prompts:/NAME.chat@latest")
                found = [q.name for q in mlflow.genai.search_prompts("name LIKE 'NAME%'")]
                out = {"version": p.version, "text": p.format(lang="português", question="Que é \\\\n $1?"),
                       "variables": sorted(p.variables), "message": p.commit_message, "tags": p.tags,
                       "chat": c.format(style="gentil", question="Olá"), "format": c.response_format,
                       "config": c.model_config, "found": sorted(found)}
                """);

        Map<String, String> values = Map.of("lang", "português", "question", "Que é \\n $1?");
        assertThat(read.path("text").asText()).isEqualTo(one.template().fill(values));
        assertThat(read.path("version").asInt()).isEqualTo(1);
        assertThat(read.path("variables").toString()).isEqualTo("[\"lang\",\"question\"]");
        assertThat(read.path("message").asText()).isEqualTo("primeira versão");
        assertThat(read.path("tags").path("autor").asText()).isEqualTo("Ana");
        assertThat(read.path("chat").path(0).path("content").asText()).isEqualTo("Você é gentil");
        assertThat(read.path("chat").path(1).path("content").asText()).isEqualTo("Olá");
        assertThat(read.path("format").path("properties").path("x").path("type").asText())
                .isEqualTo("string");
        assertThat(read.path("config").path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(read.path("found")).hasSize(2);
    }

    @Test
    void promptsOfPythonAreReadByJava() throws Exception {
        JsonNode written = python("""
                mlflow.genai.register_prompt(name="NAME", template="Olá {{ name }}, {{name}}!", commit_message="um",
                                             tags={"k": "v"}, model_config={"model_name": "m", "temperature": 0.5})
                mlflow.genai.register_prompt(name="NAME", template="loose {{ name }} {{ }} {{x")
                mlflow.genai.set_prompt_alias("NAME", alias="production", version=1)
                mlflow.genai.register_prompt(name="NAME.chat", response_format={"type": "object", "title": "é"}, template=[
                    {"role": "system", "content": "Sé {{ x }}"}, {"role": "user", "content": "{{ q }} \\"quoted\\""}])
                p = mlflow.genai.load_prompt("prompts:/NAME/2")
                out = {"loose": p.format(name="Zé")}
                """);

        PromptVersion one = prompts.byAlias(name, "production");
        assertThat(one.template().fill(Map.of("name", "Zé"))).isEqualTo("Olá Zé, Zé!");
        assertThat(one.message()).isEqualTo("um");
        assertThat(one.tags()).isEqualTo(Map.of("k", "v"));
        assertThat(one.aliases()).containsExactly("production");
        assertThat(JSON.readTree(one.modelConfig().orElseThrow())
                        .path("temperature")
                        .asDouble())
                .isEqualTo(0.5);
        PromptVersion loose = prompts.latest(name).orElseThrow();
        assertThat(loose.template().fill(Map.of("name", "Zé")))
                .isEqualTo(written.path("loose").asText());
        PromptVersion chat = prompts.load(name + ".chat", 1);
        assertThat(chat.template().fillMessages(Map.of("x", "a", "q", "b")))
                .containsExactly(PromptMessage.system("Sé a"), PromptMessage.user("b \"quoted\""));
        assertThat(JSON.readTree(chat.responseFormat().orElseThrow())
                        .path("title")
                        .asText())
                .isEqualTo("é");
        assertThat(prompts.versions(name)).extracting(PromptVersion::version).containsExactly(2, 1);
        assertThat(prompts.search("name LIKE '" + name + "%'", 10))
                .extracting(Prompt::name)
                .contains(name)
                .hasSize(2);
    }

    @Test
    void aKeyMakesOneVersionAndTheLongestTextIsTaken() {
        String longest = "é\n".repeat(50_000);
        NewPrompt prompt =
                NewPrompt.of(name, PromptTemplate.text(longest)).key("build 12").build();

        assertThat(prompts.register(prompt).version()).isEqualTo(1);
        assertThat(prompts.register(prompt).version()).isEqualTo(1);
        assertThat(prompts.versions(name)).hasSize(1);
        assertThat(prompts.load(name, 1).template().text()).isEqualTo(longest);
        prompts.register(NewPrompt.of(name, PromptTemplate.text("x")).build());
        assertThat(prompts.latest(name).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void runsTellWhichPromptsTheyUsed() throws Exception {
        PromptVersion one =
                prompts.register(NewPrompt.of(name, PromptTemplate.text("a")).build());
        PromptVersion two =
                prompts.register(NewPrompt.of(name, PromptTemplate.text("b")).build());
        ObjectNode body = api.body().put("experiment_id", "0");
        String run = api.postOnce("/api/2.0/mlflow/runs/create", body)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();

        prompts.link(run, List.of(one));
        prompts.link(run, List.of(two, one));
        prompts.showIn(name, "0");
        prompts.showIn(name, "0");

        JsonNode read = python("""
                r = mlflow.get_run("RUN")
                e = mlflow.genai.search_prompts("experiment_id = '0' AND name = 'NAME'")
                out = {"linked": r.data.tags["mlflow.linkedPrompts"], "in_experiment": [q.name for q in e]}
                """.replace("RUN", run));
        assertThat(read.path("linked").asText()).isEqualTo(LinkedPrompts.text(List.of(one, two)));
        assertThat(read.path("in_experiment").path(0).asText()).isEqualTo(name);
        assertThatThrownBy(() -> prompts.link("0123456789abcdef0123456789abcdef", List.of(one)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatIsNoPromptOrNotThereIsTold() {
        RegisteredModels.on(api).ensure(name);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> prompts.register(
                        NewPrompt.of(name, PromptTemplate.text("x")).build()))
                .withMessageContaining("is a registered model, not a prompt");
        assertThatIllegalArgumentException().isThrownBy(() -> prompts.find(name));
        assertThatIllegalArgumentException().isThrownBy(() -> prompts.delete(name, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> prompts.describe(name, "x"));
        assertThat(RegisteredModels.on(api).get(name).description()).isEmpty();
        assertThat(prompts.latest(name)).isEmpty();
        assertThat(prompts.versions(name)).isEmpty();
        String missing = name + ".chat";
        assertThat(prompts.find(missing)).isEmpty();
        assertThat(prompts.latest(missing)).isEmpty();
        assertThat(prompts.find(missing, 1)).isEmpty();
        assertThatThrownBy(() -> prompts.load(missing, 1)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> prompts.byAlias(missing, "x")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> prompts.setAlias(missing, "x", 1)).isInstanceOf(NoSuchElementException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> prompts.load(missing, 0));
        prompts.delete(missing);
    }

    /** Where the script that starts the server puts it. */
    private static Path venv() {
        String named = System.getenv().getOrDefault("MLFLOW_VENV", "");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "melancia");
        Path slim = cache.resolve("mlflow-venv-slim");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return Files.exists(slim) ? slim : cache.resolve("mlflow-venv");
    }

    /** The Python of the server, which has MLflow's client; {@code NAME} in the script is the prompt's name. */
    private JsonNode python(String script) throws Exception {
        Path python = venv().resolve("bin/python");
        if (!Files.isExecutable(python) && "true".equals(System.getenv("CI"))) {
            fail("no Python with MLflow at " + python + ": MLFLOW_VENV must name its environment where CI is true");
        } else if (!Files.isExecutable(python)) {
            abort("no Python with MLflow at " + python + ": MLFLOW_VENV names its environment");
        }
        Path file = Files.writeString(
                folder.resolve("script.py"),
                "import json, mlflow\nmlflow.set_tracking_uri('" + server + "')\n" + script.replace("NAME", name)
                        + "\nopen('out.json', 'w').write(json.dumps(out))\n");
        ProcessBuilder builder = new ProcessBuilder(python.toString(), file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile());
        builder.environment().put("DO_NOT_TRACK", "true");
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log.txt"), StandardCharsets.UTF_8))
                .isZero();
        return JSON.readTree(Files.readAllBytes(folder.resolve("out.json")));
    }
}
