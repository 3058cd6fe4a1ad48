package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * 10,000 questions on 500 documents to one subject, each with a reference and an answer of 400 characters. Texts are drawn
 * word by word from a large vocabulary, every word as often as any other: harder to pack than what people write.
 */
final class BigReport {

    static final int ROWS = 10_000;
    private static final int CHARACTERS = 400;
    private static final int WORDS = 20_000;
    private static final int DOCUMENTS = 500;
    private static final long MILLISECOND = 1_000_000;

    private BigReport() {}

    static BenchmarkReport create() {
        Random random = new Random(11);
        List<String> words =
                IntStream.range(0, WORDS).mapToObj(i -> word(random)).toList();
        List<String> documents = IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> text(words, random, 3 * CHARACTERS))
                .toList();
        List<Question> questions = IntStream.range(0, ROWS)
                .mapToObj(i -> Question.builder("pergunta-" + i, "Pergunta " + i + ": " + text(words, random, 60) + "?")
                        .references(List.of(text(words, random, 50)))
                        .context(documents.get(i % DOCUMENTS))
                        .tags(List.of("tema " + i % 12))
                        .build())
                .toList();
        AtomicLong time = new AtomicLong();
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("10.000 perguntas", questions))
                .subject(Subject.of("s", question -> {
                    time.addAndGet(MILLISECOND * (500 + random.nextInt(3_000)));
                    return Answer.builder(text(words, random, CHARACTERS))
                            .tokens(TokenCounts.of(500, 100))
                            .cost(TokenPrice.usdPerMillionTokens("0.15", "0.60").costOf(500, 100))
                            .build();
                }))
                .scorer(Scorers.tokenF1())
                .scorer(Scorers.trigramDice())
                .scorer(Scorers.refusal())
                .scorer(Scorers.sourceHit(5))
                .warmUp(0)
                .nanoTicker(time::get)
                .build()
                .run());
    }

    private static String word(Random random) {
        return random.ints(3 + random.nextInt(7), 'a', 'z' + 1)
                .mapToObj(c -> c == 'q' ? "ção" : String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    private static String text(List<String> words, Random random, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.substring(0, characters);
    }

    static long answerBytes(BenchmarkReport report) {
        return report.subjects().stream()
                .flatMap(subject -> subject.outcomes().stream())
                .flatMap(outcome -> outcome.reply().stream())
                .mapToLong(answer -> answer.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
