package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.DatasetInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Datasets in the form of MLflow's answers; requests have theirs from {@link RunJson}. */
final class Datasets {

    private Datasets() {}

    /** Those that other clients wrote in a form that our rules refuse are left out: a run must stay readable. */
    static List<DatasetInput> read(JsonNode inputs) {
        List<DatasetInput> datasets = new ArrayList<>();
        for (JsonNode input : inputs) {
            acceptable(input).ifPresent(datasets::add);
        }
        return List.copyOf(datasets);
    }

    private static Optional<DatasetInput> acceptable(JsonNode input) {
        try {
            return Optional.of(one(input));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private static DatasetInput one(JsonNode input) {
        JsonNode dataset = input.path("dataset");
        DatasetInput.Builder builder = DatasetInput.builder(
                dataset.path("name").asText(), dataset.path("digest").asText());
        if (dataset.hasNonNull("source")) {
            builder.source(
                    dataset.path("source_type").asText(), dataset.path("source").asText());
        }
        for (JsonNode tag : input.path("tags")) {
            if (tag.path("key").asText().equals(RunJson.DATASET_CONTEXT)) {
                builder.context(tag.path("value").asText());
            }
        }
        if (!dataset.path("schema").asText("").isEmpty()) {
            builder.schema(dataset.path("schema").asText());
        }
        if (!dataset.path("profile").asText("").isEmpty()) {
            builder.profile(dataset.path("profile").asText());
        }
        return builder.build();
    }
}
