package dev.melancia.benchmark;

import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random benchmark and what the rules say about its calls, whatever is cut off when. Answers are a function of the
 * question and of what was said before, so a memory that is wrong shows in the answer.
 */
final class Interview {

    /** The process dies in the middle of a call. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private final List<Question> questions = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final Map<CallKey, Integer> asked = new HashMap<>();
    private final Map<CallKey, Integer> answered = new HashMap<>();
    private final double failing;
    private final double busy;
    private double killing;
    final int repeats;
    final int warmUps;
    final int maxConcurrency;

    Interview(long seed) {
        random = new Random(seed);
        failing = random.nextInt(3) * .15;
        busy = random.nextInt(3) * .1;
        repeats = 1 + random.nextInt(3);
        warmUps = random.nextInt(3);
        maxConcurrency = 1 + random.nextInt(8);
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            Question.Builder question = Question.builder("q" + i, "Qual " + i + "?");
            int conversation = random.nextInt(6);
            questions.add(
                    conversation < 3 ? question.conversation("c" + conversation).build() : question.build());
        }
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            subjects.add(new Asked("s" + i, placement(), ask(i)));
        }
    }

    /** From now on each call kills the process with this probability. */
    void killing(double probability) {
        killing = probability;
    }

    private Placement placement() {
        return switch (random.nextInt(3)) {
            case 0 -> Placement.local();
            case 1 -> Placement.on("gpu", 1 + random.nextInt(3));
            default -> Placement.remote(1 + random.nextInt(5));
        };
    }

    private Asked.Reply ask(int subject) {
        return ask -> {
            if (random.nextDouble() < busy) {
                throw new RetryLater(random.nextInt(90));
            }
            CallKey key = new CallKey("s" + subject, ask.question().id(), ask.repeat());
            if (ask.question() != Call.WARM_UP) {
                asked.merge(key, 1, Integer::sum);
            }
            if (random.nextDouble() < killing) {
                throw new Killed();
            }
            if (random.nextDouble() < failing) {
                throw new IllegalStateException("failed");
            }
            if (ask.question() != Call.WARM_UP) {
                answered.merge(key, 1, Integer::sum);
            }
            return Answer.builder(text(ask)).cost(Cost.knownPicoUsd(1)).build();
        };
    }

    private static String text(Ask ask) {
        StringBuilder text = new StringBuilder(ask.question().id() + " after");
        ask.earlier().forEach(turn -> text.append(' ').append(turn.question().id()));
        return text.toString();
    }

    Benchmark.Builder benchmark() {
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("d", questions))
                .repeats(repeats)
                .warmUp(warmUps)
                .maxConcurrency(maxConcurrency);
        subjects.forEach(benchmark::subject);
        return benchmark;
    }

    int calls() {
        return questions.size() * repeats * subjects.size();
    }

    Map<CallKey, Integer> asked() {
        return asked;
    }

    Map<CallKey, Integer> answered() {
        return answered;
    }

    /** What is wrong with a finished run; empty when nothing is. */
    List<String> faults(BenchmarkResult result) {
        List<String> faults = new ArrayList<>();
        if (result.unasked() != 0 || result.endedBy() != BenchmarkResult.EndedBy.ALL_ASKED) {
            faults.add(result.unasked() + " unasked, ended by " + result.endedBy());
        }
        for (SubjectResult subject : result.subjects()) {
            if (subject.outcomes().size() != questions.size() * repeats) {
                faults.add(subject.name() + " has " + subject.outcomes().size() + " outcomes");
            }
            memory(subject, faults);
        }
        return faults;
    }

    /** Each answer must name the turns before it that were answered, in order. */
    private void memory(SubjectResult subject, List<String> faults) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            Map<String, StringBuilder> said = new HashMap<>();
            int at = 0;
            for (Outcome outcome : subject.outcomes()) {
                if (outcome.call().repeat() != repeat) {
                    continue;
                }
                Question question = questions.get(at++);
                if (question != outcome.question()
                        && !question.id().equals(outcome.question().id())) {
                    faults.add("out of order: " + outcome);
                }
                StringBuilder before = said.computeIfAbsent(
                        question.conversation().orElse(question.id()), absent -> new StringBuilder());
                String expected = question.id() + " after" + before;
                outcome.reply().ifPresent(answer -> {
                    if (!answer.text().equals(expected)) {
                        faults.add("memory was \"" + answer.text() + "\", must be \"" + expected + "\"");
                    }
                    before.append(' ').append(question.id());
                });
            }
        }
    }
}
