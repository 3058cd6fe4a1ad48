package dev.melancia.analysis;

import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A run whose scores, times and costs the test states; NaN as a score is a failed call. */
public final class ScriptedRun {

    public static final String QUALITY = "quality";

    private final List<Question> questions;
    private final List<Subject> subjects = new ArrayList<>();
    private final AtomicLong time = new AtomicLong();
    private Scorer scorer = Scorer.of(QUALITY, ScoreScale.unit(), ScriptedRun::parsed);

    private ScriptedRun(List<Question> questions) {
        this.questions = questions;
    }

    public static ScriptedRun of(int questions) {
        return of(IntStream.range(0, questions)
                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                .toList());
    }

    public static ScriptedRun of(List<Question> questions) {
        return new ScriptedRun(questions);
    }

    /** The number of a question of {@link #of(int)}. */
    public static int number(Question question) {
        return Integer.parseInt(question.id().substring(1));
    }

    public ScriptedRun subject(String name, ToDoubleFunction<Question> score) {
        return subject(name, score, 0, Cost.unknown());
    }

    public ScriptedRun subject(String name, ToDoubleFunction<Question> score, long nanos, Cost cost) {
        return subject(name, score, nanos, question -> cost);
    }

    public ScriptedRun subject(
            String name, ToDoubleFunction<Question> score, long nanos, Function<Question, Cost> cost) {
        subjects.add(Subject.of(name, question -> {
            double value = score.applyAsDouble(question);
            time.addAndGet(nanos);
            if (Double.isNaN(value)) {
                throw new IllegalStateException("no answer");
            }
            return Answer.builder(Double.toString(value))
                    .cost(cost.apply(question))
                    .build();
        }));
        return this;
    }

    public ScriptedRun yesNo() {
        scorer = Scorer.of(QUALITY, ScoreScale.yesNoScale(), ScriptedRun::parsed);
        return this;
    }

    public BenchmarkResult run() {
        Benchmark.Builder builder = Benchmark.builder()
                .dataset(Dataset.of("scripted", questions))
                .scorer(scorer)
                .warmUp(0)
                .nanoTicker(time::get);
        subjects.forEach(builder::subject);
        return builder.build().run();
    }

    public BenchmarkReport report() {
        return BenchmarkReport.of(run());
    }

    private static Score parsed(Question question, Answer answer) {
        return Score.of(Double.parseDouble(answer.text()));
    }
}
