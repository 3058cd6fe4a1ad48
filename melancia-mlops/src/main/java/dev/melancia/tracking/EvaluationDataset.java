package dev.melancia.tracking;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.benchmark.Dataset;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.trace.Trace;
import dev.melancia.scorer.Question;
import java.util.List;

/** A benchmark's dataset as the input of a run: what it is called and a fingerprint of its questions, none of their texts. */
final class EvaluationDataset {

    private static final int MOST_NAME = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private EvaluationDataset() {}

    static DatasetInput of(Dataset dataset) {
        return DatasetInput.builder(name(dataset), digest(dataset.questions()))
                .context("eval")
                .schema(schema())
                .profile(JSON.createObjectNode()
                        .put("num_rows", dataset.questions().size())
                        .toString())
                .build();
    }

    /** As Python calls one without a name. */
    static String name(Dataset dataset) {
        return dataset.name().isBlank() ? "dataset" : Texts.cut(dataset.name(), MOST_NAME);
    }

    private static String schema() {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode columns = schema.putArray("mlflow_colspec");
        for (String column : List.of("id", "question", "references", "sources", "context", "tags", "conversation")) {
            columns.addObject()
                    .put("type", "string")
                    .put("name", column)
                    .put("required", column.equals("id") || column.equals("question"));
        }
        return schema.toString();
    }

    /** 32 hexadecimal digits; the order of the questions counts, since that of a conversation's turns does. */
    private static String digest(List<Question> questions) {
        ArrayNode all = JSON.createArrayNode();
        for (Question question : questions) {
            ArrayNode parts = all.addArray().add(question.id()).add(question.text());
            Texts.addTo(parts.addArray(), question.references());
            Texts.addTo(parts.addArray(), question.sources());
            Texts.addTo(parts.addArray(), question.tags());
            parts.add(question.context().orElse(null));
            parts.add(question.conversation().orElse(null));
            parts.add(question.group()).add(question.isAnswerable());
        }
        return Trace.idOf(all.toString());
    }
}
