package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallEvents;
import dev.melancia.call.CallId;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallLog;
import dev.melancia.call.CallRecordLine;
import dev.melancia.call.FeedbackJoin;
import dev.melancia.call.UserFeedback;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The code of the guide to call records. */
final class CallRecordsGuide {

    private CallRecordsGuide() {}

    static ModelRouter router(ChatModel gpt4oMini, CallLog log, FeedbackJoin join, LongAdder fallbacks) {
        // region router
        CallListener counter = record -> {
            if (record.fellBack()) {
                fallbacks.increment();
            }
        };
        ModelRouter router = ModelRouter.builder()
                .model(Candidate.of("openai/gpt-4o-mini"), gpt4oMini)
                .listener(log) // a line of JSON in a file
                .listener(CallEvents.create()) // an event in the application's own log
                .listener(join) // what users say of it, see below
                .listener(counter) // whatever you like: constant work, on the thread that ended the call
                .build();
        // endregion
        return router;
    }

    static CallLog log(Path folder) {
        // region log
        CallLog log = CallLog.open(folder.resolve("calls.jsonl")); // close it after the router
        // endregion
        return log;
    }

    static String ask(ModelRouter router, AtomicReference<String> answer) {
        // region callid
        AtomicReference<String> idForThePage = new AtomicReference<>("");
        CallContext context = CallContext.builder()
                .userId("ana")
                .listener(record -> idForThePage.set(record.id().toString())) // told before the answer is there
                .build();
        answer.set(router.chatModel(context).chat("O que é retail media?"));
        // endregion
        return Objects.requireNonNull(idForThePage.get());
    }

    static FeedbackJoin join(Map<String, LongAdder> thumbsUp) {
        // region join
        FeedbackJoin join = FeedbackJoin.to((record, said) -> {
            if (said.thumbsUp().orElse(false)) {
                String model = record.answeredBy().map(Object::toString).orElse("none");
                thumbsUp.computeIfAbsent(model, name -> new LongAdder()).increment();
            }
        });
        // endregion
        return join;
    }

    static void feedback(String idFromThePage, InstantSource clock, ModelRouter router) {
        // region feedback
        UserFeedback feedback = UserFeedback.builder(CallId.parse(idFromThePage), clock.instant())
                .rating(4)
                .thumbsUp(true)
                .comment("Faltou o preço.")
                .build();
        router.feedback(feedback); // every listener of the router hears it
        // endregion
    }

    static Map<String, Long> answersByArm(Path file) throws IOException {
        // region read
        try (Stream<String> lines = Files.lines(file)) {
            Map<String, Long> answersByArm = lines.flatMap(line -> CallRecordLine.parse(line).stream())
                    .filter(CallRecordLine::isAnswer)
                    .collect(Collectors.groupingBy(line -> line.arm().orElse("no split"), Collectors.counting()));
            return answersByArm;
        }
        // endregion
    }
}
