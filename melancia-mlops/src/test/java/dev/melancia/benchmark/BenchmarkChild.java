package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process that is killed: it runs a benchmark of a server's answers in a folder. */
final class BenchmarkChild {

    static final int REPEATS = 2;
    static final int QUESTIONS = 60;

    private BenchmarkChild() {}

    /** Folder and address of the server. */
    public static void main(String[] args) {
        HttpClient client = HttpClient.newHttpClient();
        URI server = URI.create(args[1]);
        BenchmarkResult result = Benchmark.builder()
                .dataset(Dataset.of("d", questions()))
                .folder(Path.of(args[0]))
                .repeats(REPEATS)
                .warmUp(1)
                .subject(new Asked("far", Placement.remote(6), ask -> ask(client, server, "far", ask)))
                .subject(new Asked("local", Placement.local(), ask -> ask(client, server, "local", ask)))
                .build()
                .run();
        System.exit(result.unasked());
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Question.Builder question = Question.builder("q" + i, "Qual " + i + "?");
            questions.add(i % 3 == 0 ? question.conversation("c" + i % 5).build() : question.build());
        }
        return questions;
    }

    private static Answer ask(HttpClient client, URI server, String subject, Ask ask)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server)
                .POST(HttpRequest.BodyPublishers.ofString(
                        subject + "/" + ask.question().id() + "/" + ask.repeat()))
                .build();
        return Answer.of(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
