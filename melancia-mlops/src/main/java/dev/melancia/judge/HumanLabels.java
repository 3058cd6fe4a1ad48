package dev.melancia.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.judge.JudgedPair.Winner;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.stats.agreement.Kappa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lets the judge judge what people have judged. */
final class HumanLabels {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Winner> PREFERENCES =
            Map.of("first", Winner.FIRST, "second", Winner.SECOND, "tie", Winner.TIE);
    private static final int BEST_GRADE = 5;

    private final JudgeCalls calls;
    private final JudgeSettings settings;

    HumanLabels(JudgeCalls calls, JudgeSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    JudgeAgreement grades(Rubric rubric, Path file) throws IOException, InterruptedException {
        List<Line> lines = lines(file);
        int[] human = lines.stream().mapToInt(Line::grade).toArray();
        List<Graded> items = lines.stream().map(Line::graded).toList();
        List<Optional<String>> verdicts = Parallel.map(
                items,
                settings.concurrency(),
                item -> calls.ask(
                                JudgePrompt.grade(settings.language(), rubric, item.question(), item.answer()),
                                Verdicts.grades())
                        .value());
        List<Integer> given = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < human.length; i++) {
            if (verdicts.get(i).isPresent()) {
                given.add(Integer.parseInt(verdicts.get(i).get()));
                wanted.add(human[i]);
            }
        }
        Kappa kappa = Kappa.weighted(ints(wanted), ints(given), Kappa.Weights.QUADRATIC);
        return new JudgeAgreement(kappa, lines.size() - given.size());
    }

    JudgeAgreement pairs(String criteria, Path file) throws IOException, InterruptedException {
        List<Line> lines = lines(file);
        List<Winner> human = lines.stream().map(Line::preferred).toList();
        List<Pairing.Pair> pairs = lines.stream().map(Line::pair).toList();
        List<JudgedPair> judged = new Pairing(calls, settings, criteria).judged(pairs);
        List<Winner> given = new ArrayList<>();
        List<Winner> wanted = new ArrayList<>();
        for (int i = 0; i < human.size(); i++) {
            if (judged.get(i).winner() != Winner.EXCLUDED) {
                given.add(judged.get(i).winner());
                wanted.add(human.get(i));
            }
        }
        return new JudgeAgreement(Kappa.of(wanted, given), lines.size() - given.size());
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Line> lines(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            if (!text.isBlank()) {
                lines.add(Line.parse(number, text));
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("the file of labels has no line: " + file.getFileName());
        }
        return lines;
    }

    private record Graded(Question question, Answer answer) {}

    /** One label. */
    private record Line(int number, JsonNode node) {

        static Line parse(int number, String text) {
            try {
                JsonNode node = JSON.readTree(text);
                if (node.isObject()) {
                    return new Line(number, node);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("line " + number + " of the labels is no valid JSON", e);
            }
            throw new IllegalArgumentException("line " + number + " of the labels must be a JSON object");
        }

        Graded graded() {
            Question.Builder question = question();
            optional("reference").ifPresent(text -> question.references(List.of(text)));
            optional("context").ifPresent(question::context);
            return new Graded(question.build(), Answer.of(text("answer")));
        }

        Pairing.Pair pair() {
            return new Pairing.Pair(question().build(), text("first"), text("second"));
        }

        int grade() {
            JsonNode grade = node.path("grade");
            if (!grade.isInt() || grade.intValue() < 1 || grade.intValue() > BEST_GRADE) {
                throw broken("grade must be an integer from 1 to 5, was " + grade);
            }
            return grade.intValue();
        }

        Winner preferred() {
            Winner winner = PREFERENCES.get(node.path("preferred").asText("").toLowerCase(Locale.ROOT));
            if (winner == null) {
                throw broken("preferred must be first, second or tie, was " + node.path("preferred"));
            }
            return winner;
        }

        private Question.Builder question() {
            return Question.builder("line " + number, text("question"));
        }

        private String text(String field) {
            return optional(field).orElseThrow(() -> broken(field + " must be a text"));
        }

        private Optional<String> optional(String field) {
            JsonNode value = node.path(field);
            return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
        }

        private IllegalArgumentException broken(String rule) {
            return new IllegalArgumentException("line " + number + " of the labels: " + rule);
        }
    }
}
