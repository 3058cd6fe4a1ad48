package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelId;
import dev.melancia.report.ReportFormat;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The benchmark guide's code. */
final class BenchmarkGuide {

    private BenchmarkGuide() {}

    static BenchmarkReport run(Path folder, ChatModel phi3, ChatModel mini) throws IOException {
        // region run
        BenchmarkResult result = Benchmark.builder()
                .dataset(Dataset.read(folder.resolve("questions.jsonl")))
                .subject(Subject.of(ModelId.of("ollama/phi3:mini"), phi3, TokenPrice.free()))
                .subject(Subject.of(
                        ModelId.of("openai/gpt-4o-mini"), mini, TokenPrice.usdPerMillionTokens("0.15", "0.60")))
                .warmUp(3)
                .build()
                .run();
        BenchmarkReport report = BenchmarkReport.of(result);
        ReportFormat.HTML.write(report, folder.resolve("report.html"));
        ReportFormat.CSV.write(report, folder.resolve("answers.csv"));
        // endregion
        return report;
    }

    /** A chain as a team has it. */
    interface Rag {
        String answer(String question);

        List<String> sources();
    }

    static Subject chain(Rag rag) {
        // region chain
        Subject chain = Subject.of(
                "our RAG chain",
                question -> Answer.builder(rag.answer(question.text()))
                        .sources(rag.sources()) // in the order of their rank
                        .build());
        // endregion
        return chain;
    }

    static Scorer brief() {
        // region scorer
        Scorer brief = Scorer.of("brief", ScoreScale.yesNoScale(), (question, answer) -> {
            return Score.of(answer.text().length() <= 300 ? 1 : 0);
        });
        // endregion
        return brief;
    }
}
