package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenPrice;
import dev.melancia.judge.Judge;
import dev.melancia.judge.JudgeAgreement;
import dev.melancia.judge.PairwiseComparison;
import dev.melancia.judge.Rubric;
import dev.melancia.scorer.Scorers;
import java.io.IOException;
import java.nio.file.Path;

/** The judge guide's code. */
final class JudgeGuide {

    private JudgeGuide() {}

    static Judge judge(ChatModel strongModel) {
        // region judge
        Judge judge = Judge.builder(strongModel) // none of the subjects, with maxRetries(0)
                .language(Judge.Language.PORTUGUESE)
                .price(TokenPrice.usdPerMillionTokens("2.50", "10.00"))
                .concurrency(4)
                .build();
        // endregion
        return judge;
    }

    static BenchmarkResult graded(Judge judge, Dataset dataset, Subject first, Subject second)
            throws InterruptedException {
        // region rubric
        Rubric tone = Rubric.of(
                "tom", "5: cordial e direta. 3: correta, mas fria ou prolixa. 1: rude, ou não responde ao cliente.");
        BenchmarkResult result = Benchmark.builder()
                .dataset(dataset)
                .subject(first)
                .subject(second)
                .scorer(Scorers.quality())
                .scorer(judge.rubric(tone))
                .build()
                .run();
        // endregion
        return result;
    }

    static PairwiseComparison compared(Judge judge, BenchmarkResult result) throws InterruptedException {
        // region pairs
        PairwiseComparison comparison = judge.compare(
                "Qual resposta ajuda mais um anunciante iniciante?",
                result.subjects().get(0).outcomes(),
                result.subjects().get(1).outcomes());
        comparison.winRate(); // .5 is no difference; interval clustered by the questions' groups
        comparison.firstShownWins(); // position bias: .5 has none
        comparison.lengthCorrelation(); // near 1: the longer answer wins
        // endregion
        return comparison;
    }

    static JudgeAgreement agreement(Judge judge, Rubric rubric, Path labels) throws IOException, InterruptedException {
        // region agreement
        JudgeAgreement agreement = judge.agreementOnGrades(rubric, labels);
        agreement.kappa().estimate(); // quadratically weighted; 1 is perfect, 0 is chance
        agreement.kappa().interval(.95);
        agreement.excluded(); // answers on which the judge gave no verdict
        // endregion
        return agreement;
    }
}
