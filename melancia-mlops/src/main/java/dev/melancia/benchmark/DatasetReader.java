package dev.melancia.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.scorer.Question;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads questions from JSON lines or CSV. Confined to one thread. */
final class DatasetReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final QuestionReader reader = new QuestionReader(this::problem);
    private final List<Question> questions = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private int line;

    DatasetReader(String name) {
        this.name = name;
    }

    /** One row a question, the first row names the columns. */
    List<Question> readCsv(byte[] file) {
        int start = hasByteOrderMark(file) ? 3 : 0;
        new CsvRows(this::problem).read(decode(ByteBuffer.wrap(file, start, file.length - start)), (row, rowLine) -> {
            line = rowLine;
            add(row);
        });
        if (questions.isEmpty()) {
            throw new DatasetException(
                    name, 0, "no question; the first row names the columns, such as id,question,reference");
        }
        return List.copyOf(questions);
    }

    List<Question> read(byte[] file) {
        int start = hasByteOrderMark(file) ? 3 : 0;
        for (int i = start; i <= file.length; i++) {
            if (i == file.length || file[i] == '\n') {
                line++;
                readLine(decode(ByteBuffer.wrap(file, start, i - start)));
                start = i + 1;
            }
        }
        if (questions.isEmpty()) {
            throw new DatasetException(
                    name, 0, "no question; write one JSON object a line, such as {\"id\":\"q1\",\"question\":\"…\"}");
        }
        return List.copyOf(questions);
    }

    private static boolean hasByteOrderMark(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
    }

    private String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw problem("not UTF-8; convert the file, for example with iconv -f ISO-8859-1 -t UTF-8");
        }
    }

    private void readLine(String text) {
        if (text.isBlank()) {
            return;
        }
        add(object(text));
    }

    private void add(JsonNode entry) {
        for (Question question : reader.questions(entry)) {
            Integer earlier = lineOfId.putIfAbsent(question.id(), line);
            if (earlier != null) {
                throw problem("id \"" + question.id() + "\" is already on line " + earlier + "; ids must be unique");
            }
            questions.add(question);
        }
    }

    private JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw problem("a line must be one JSON object, was " + QuestionReader.kind(node)
                        + "; a JSON array must be written one element a line");
            }
            return node;
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw problem("not valid JSON at column " + column
                    + "; each line must be one whole object with each field once, quotes escaped as \\\"");
        }
    }

    private DatasetException problem(String problem) {
        return new DatasetException(name, line, problem);
    }
}
