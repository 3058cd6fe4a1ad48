package dev.melancia.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.scorer.Question;
import java.util.List;

/** A question as a JSON object with the fields of a dataset's line. */
final class QuestionJson {

    private QuestionJson() {}

    static void write(Question question, ObjectNode node) {
        node.put("id", question.id());
        node.put("question", question.text());
        present(node, "references", question.references());
        present(node, "sources", question.sources());
        present(node, "tags", question.tags());
        question.context().ifPresent(context -> node.put("context", context));
        question.conversation().ifPresent(conversation -> node.put("conversation", conversation));
        if (!question.group().equals(question.conversation().orElse(question.id()))) {
            node.put("group", question.group());
        }
        node.put("answerable", question.isAnswerable());
    }

    private static void present(ObjectNode node, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            RunJson.texts(node, field, texts);
        }
    }

    static Question read(JsonNode node) {
        Question.Builder question = Question.builder(
                        node.path("id").asText(), node.path("question").asText())
                .references(RunJson.texts(node.path("references")))
                .sources(RunJson.texts(node.path("sources")))
                .tags(RunJson.texts(node.path("tags")))
                .answerable(node.path("answerable").asBoolean());
        String context = RunJson.text(node, "context");
        if (context != null) {
            question.context(context);
        }
        String conversation = RunJson.text(node, "conversation");
        if (conversation != null) {
            question.conversation(conversation);
        }
        String group = RunJson.text(node, "group");
        return group == null ? question.build() : question.group(group).build();
    }
}
