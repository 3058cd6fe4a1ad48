package dev.melancia.trace;

import dev.melancia.call.UserFeedback;
import dev.melancia.mlflow.trace.Assessment;
import dev.melancia.mlflow.trace.AssessmentSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user said, as assessments. Immutable.
 *
 * @param comments whether the user's words are kept
 */
record FeedbackAssessments(boolean comments) {

    private static final AssessmentSource USER = AssessmentSource.human("user");

    List<Assessment> of(UserFeedback feedback) {
        List<Assessment> said = new ArrayList<>();
        feedback.rating()
                .ifPresent(stars -> said.add(start(feedback, "user_rating", stars + "")
                        .feedback(stars)
                        .build()));
        feedback.thumbsUp()
                .ifPresent(up -> said.add(
                        start(feedback, "user_thumbs_up", up + "").feedback(up).build()));
        feedback.comment()
                .filter(words -> comments)
                .ifPresent(words -> said.add(
                        start(feedback, "user_comment", words).feedback(words).build()));
        return said;
    }

    /** The same feedback, told to two processes, is one assessment; another one of the same user is another. */
    private static Assessment.Builder start(UserFeedback feedback, String name, String value) {
        String seed = feedback.call() + " " + name + " " + feedback.epochMicros() + " " + value;
        Instant time = Instant.EPOCH.plus(Math.max(0, feedback.epochMicros()), ChronoUnit.MICROS);
        return Assessment.builder(Assessment.idOf(seed), name, USER).time(time);
    }
}
