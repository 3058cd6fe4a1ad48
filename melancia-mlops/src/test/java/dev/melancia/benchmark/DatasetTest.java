package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.melancia.scorer.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {

    private static final String GOOD = "{\"id\":\"q1\",\"question\":\"Qual é o prazo?\",\"reference\":\"30 dias\"}\n";

    @TempDir
    Path folder;

    @Test
    void readsEveryField() throws IOException {
        Dataset dataset = read("""
                {"id":"q1","question":"Qual é o prazo?","references":["30 dias","trinta dias"],\
                "sources":["manual.pdf"],"context":"O prazo é de 30 dias.","tags":["prazo"]}

                {"id":"q2","question":"E a cor?"}
                {"id":"q3","question":"Aberta?","answerable":true}
                {"id":"q4","question":"Fora?","reference":"x","answerable":false}
                """);

        Question first = dataset.questions().get(0);
        assertThat(dataset.name()).isEqualTo("data.jsonl");
        assertThat(first.text()).isEqualTo("Qual é o prazo?");
        assertThat(first.references()).containsExactly("30 dias", "trinta dias");
        assertThat(first.sources()).containsExactly("manual.pdf");
        assertThat(first.context()).hasValue("O prazo é de 30 dias.");
        assertThat(first.tags()).containsExactly("prazo");
        assertThat(dataset.questions()).extracting(Question::isAnswerable).containsExactly(true, false, true, false);
    }

    @Test
    void readsWhatWindowsWrites() throws IOException {
        Dataset dataset = read("\uFEFF" + GOOD.replace("\n", "\r\n") + "{\"id\":\"q2\",\"question\":\"Qual?\"}");

        assertThat(dataset.questions()).extracting(Question::id).containsExactly("q1", "q2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"q2\" ~ not valid JSON at column",
                "{\"id\":\"q2\",\"question\":\"a\"} x ~ not valid JSON at column",
                "{\"id\":\"q2\",\"id\":\"q3\",\"question\":\"a\"} ~ each field once",
                "[1] ~ a line must be one JSON object, was an array",
                "{\"question\":\"a\"} ~ id must be a text that is not blank, was missing",
                "{\"id\":\"q2\",\"question\":\" \"} ~ question must be a text that is not blank, was blank",
                "{\"id\":7,\"question\":\"a\"} ~ id must be a text, was a number",
                "{\"id\":\"q2\",\"question\":\"a\",\"refrence\":\"b\"} ~ unknown field \"refrence\"; known are id,",
                "{\"id\":\"q2\",\"question\":\"a\",\"reference\":\"b\",\"references\":[\"c\"]} ~ put all of them in references",
                "{\"id\":\"q2\",\"question\":\"a\",\"reference\":\"\"} ~ leave it out when the question has no answer",
                "{\"id\":\"q2\",\"question\":\"a\",\"references\":\"b\"} ~ references must be an array of texts, was a text",
                "{\"id\":\"q2\",\"question\":\"a\",\"references\":[\"b\",3]} ~ element 1 was a number",
                "{\"id\":\"q2\",\"question\":\"a\",\"answerable\":\"no\"} ~ answerable must be true or false, was a text",
                "{\"id\":\"q1\",\"question\":\"a\"} ~ id \"q1\" is already on line 1; ids must be unique",
            })
    void namesTheLineTheProblemAndTheRemedy(String line, String problem) {
        DatasetException error = catchThrowableOfType(DatasetException.class, () -> read(GOOD + "\n" + line));

        assertThat(error).hasMessageStartingWith("data.jsonl, line 3: ").hasMessageContaining(problem);
        assertThat(error.line()).isEqualTo(3);
    }

    @Test
    void aConversationIsOneEntryOfTurnsOrEntriesThatNameIt() throws IOException {
        Dataset dataset = read("""
                {"id":"c1","group":"manual","turns":[{"question":"Qual é o prazo?","reference":"30 dias"},{"question":"E depois?"}]}
                {"id":"q2","question":"Qual?","conversation":"c2"}
                {"id":"q3","question":"E a outra?","conversation":"c2"}
                {"id":"q4","question":"Só?"}
                """);

        assertThat(dataset.questions()).extracting(Question::id).containsExactly("c1/1", "c1/2", "q2", "q3", "q4");
        assertThat(dataset.questions())
                .extracting(question -> question.conversation().orElse("-"))
                .containsExactly("c1", "c1", "c2", "c2", "-");
        assertThat(dataset.questions())
                .extracting(Question::group)
                .containsExactly("manual", "manual", "c2", "c2", "q4");
        assertThat(dataset.questions().get(0).references()).containsExactly("30 dias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"c\",\"turns\":[]} ~ turns must be an array of at least one object with a question, was empty",
                "{\"id\":\"c\",\"turns\":\"a\"} ~ turns must be an array of at least one object with a question, was a text",
                "{\"id\":\"c\",\"turns\":[{\"id\":\"x\",\"question\":\"a\"}]} ~ a turn has no field \"id\"",
                "{\"id\":\"c\",\"question\":\"a\",\"turns\":[{\"question\":\"a\"}]} ~ question must stand in a turn",
                "{\"id\":\"c\",\"turns\":[{\"reference\":\"a\"}]} ~ question must be a text that is not blank, was missing",
                "{\"id\":\"c\",\"question\":\"a\",\"conversation\":\" \"} ~ conversation must not be blank",
            })
    void namesWhatIsWrongWithAConversation(String line, String problem) {
        assertThatThrownBy(() -> read(GOOD + line))
                .hasMessageStartingWith("data.jsonl, line 2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void readsCsvWithTheSameFields() throws IOException {
        Dataset dataset = Dataset.read(Files.writeString(folder.resolve("data.CSV"), """
                \uFEFFid,Question,references,tags,answerable,conversation\r
                q1,"Qual é, enfim, o ""prazo""?",30 dias | trinta dias,prazo,,\r
                q2,"Duas
                linhas?",,,true,c\r
                """));

        Question first = dataset.questions().get(0);
        assertThat(first.text()).isEqualTo("Qual é, enfim, o \"prazo\"?");
        assertThat(first.references()).containsExactly("30 dias", "trinta dias");
        assertThat(first.tags()).containsExactly("prazo");
        assertThat(first.conversation()).isEmpty();
        assertThat(dataset.questions().get(1).text()).isEqualTo("Duas\nlinhas?");
        assertThat(dataset.questions().get(1).isAnswerable()).isTrue();
        assertThat(dataset.questions()).extracting(Question::isAnswerable).containsExactly(true, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "id;question\\nq1;a ~ cells must be separated by commas",
                "id,question ~ no question; the first row names the columns",
                "id,question,turns\\nq1,a,b ~ give each turn a row and the column conversation",
                "id,question,id\\nq1,a,b ~ columns must have names of their own",
                "id,question\\nq1,a,b ~ has 3 cells, the header 2",
                "id,question\\nq1,\"a ~ not valid CSV",
                "id,question\\nq1,a\\nq1,b ~ line 3: id \"q1\" is already on line 2",
                "id,question,answerable\\nq1,a,maybe ~ line 2: answerable must be true or false, was a text",
                "id,text\\nq1,a ~ unknown field \"text\"",
            })
    void namesWhatIsWrongWithACsvFile(String text, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), text.replace("\\n", "\n"));

        assertThatThrownBy(() -> Dataset.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("data.csv")
                .hasMessageContaining(problem);
    }

    @Test
    void otherEncodingsAreNamedWithTheirLine() throws IOException {
        Path file = folder.resolve("data.jsonl");
        Files.write(file, (GOOD + "{\"id\":\"q2\",\"question\":\"São?\"}").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Dataset.read(file))
                .hasMessageStartingWith("data.jsonl, line 1: not UTF-8; convert the file");
    }

    @Test
    void emptyFileIsAnError() {
        assertThatThrownBy(() -> read(" \n\n"))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("data.jsonl: no question; write one JSON object a line");
    }

    @Test
    void missingFileIsAnIoError() {
        assertThatThrownBy(() -> Dataset.read(folder.resolve("none.jsonl"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void questionsAtHandFollowTheSameRules() {
        assertThatThrownBy(() -> Dataset.of("d", List.of())).hasMessage("dataset d must have at least one question");
        assertThatThrownBy(() -> Dataset.of("d", List.of(Question.of("a", "?!x"), Question.of("a", "y"))))
                .hasMessage("question ids must be unique in dataset d, repeated was \"a\"");
    }

    @Test
    void showsNoQuestion() throws IOException {
        assertThat(read(GOOD)).hasToString("Dataset[data.jsonl, 1 questions]");
    }

    private Dataset read(String text) throws IOException {
        return Dataset.read(Files.writeString(folder.resolve("data.jsonl"), text));
    }
}
