package dev.melancia.examples.quickstart;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.RouterSubject;
import dev.melancia.benchmark.Subject;
import dev.melancia.call.CallLog;
import dev.melancia.cost.TokenPrice;
import dev.melancia.examples.extractive.ExtractiveProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.report.ReportFormat;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.routing.Candidate;
import dev.melancia.scorer.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models that are there on this machine: those of an Ollama server that answers, OpenAI and Hugging Face when their key is
 * set. A local model may take minutes a question, and a paid one costs, so they answer three questions unless
 * {@code QUICKSTART_QUESTIONS} says otherwise.
 */
final class RealModels implements AutoCloseable {

    private static final int QUESTIONS = 3;
    private static final String PROMPT =
            "Responda em português, em até duas frases, só com o contexto. Se o contexto não"
                    + " trouxer a resposta, diga que não sabe.\n\nContexto: %s\n\nPergunta: %s";

    private final ChatModelProviders providers = ChatModelProviders.discover();
    private final List<Candidate> found = new ArrayList<>();
    private final Map<String, String> environment;
    private final int questions;

    private RealModels(Map<String, String> environment) {
        this.environment = environment;
        this.questions = wanted(setting("QUICKSTART_QUESTIONS", String.valueOf(QUESTIONS)));
    }

    private static int wanted(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "QUICKSTART_QUESTIONS must be a whole number of at least 1, was \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    static RealModels find(Map<String, String> environment) {
        RealModels models = new RealModels(environment);
        OllamaModels.installed(models.settings(ModelId.of("ollama/any")))
                .forEach(id -> models.found.add(Candidate.builder(id)
                        .tier("local")
                        .price(TokenPrice.free())
                        .build()));
        models.addPaid("OPENAI_API_KEY", models.setting("OPENAI_MODEL", "gpt-4o-mini"), "openai");
        models.addPaid("HF_TOKEN", models.setting("HF_MODEL", "meta-llama/Llama-3.1-8B-Instruct"), "huggingface");
        return models;
    }

    private void addPaid(String variable, String model, String provider) {
        if (environment.getOrDefault(variable, "").isBlank()) {
            return;
        }
        Candidate.Builder candidate =
                Candidate.builder(new ModelId(provider, model)).tier("paid");
        if (model.equals("gpt-4o-mini")) {
            candidate.price(HybridTraffic.PAID_PRICE);
        }
        found.add(candidate.build());
    }

    /** Asks each of them a few questions through a router; empty when none is there. */
    Optional<BenchmarkReport> tryOut(Dataset dataset, Path folder) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (CallLog log = CallLog.open(folder.resolve("real-model-calls.jsonl"));
                ModelRouter router = router(log)) {
            Benchmark.Builder benchmark =
                    Benchmark.builder().dataset(first(dataset)).warmUp(1).progress(System.err);
            found.forEach(candidate -> benchmark.subject(subject(candidate, router)));
            BenchmarkReport report = BenchmarkReport.of(benchmark.build().run());
            ReportFormat.HTML.write(report, folder.resolve("real-models.html"));
            return Optional.of(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelRouter router(CallLog log) {
        ModelRouterBuilder router = ModelRouter.builder().listener(log);
        found.forEach(candidate -> router.model(candidate, settings(candidate.id()), providers));
        return router.build();
    }

    private Subject subject(Candidate candidate, ModelRouter router) {
        ChatModel retriever = new ExtractiveProvider().chatModel(ModelSettings.of(HybridTraffic.PAID));
        return RouterSubject.builder(candidate.id().toString(), router)
                .caller((ask, call) -> call.forcedModel(candidate.id()))
                .prompt(question -> PROMPT.formatted(retriever.chat(question.text()), question.text()))
                .build();
    }

    private Dataset first(Dataset dataset) {
        List<Question> all = dataset.questions();
        return Dataset.of(dataset.name(), all.subList(0, Math.min(questions, all.size())));
    }

    private ModelSettings settings(ModelId id) {
        return ModelSettings.builder(id).environment(environment::get).build();
    }

    private String setting(String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    @Override
    public void close() {
        found.clear();
    }
}
