package dev.melancia.call;

import java.io.IOException;
import java.util.Optional;

/** Feedback as one line of JSON, beside the lines of the calls. Stateless. */
final class FeedbackJson {

    private FeedbackJson() {}

    /** The line, with the user's words or only the fact that there were some. */
    static String line(UserFeedback feedback, boolean withComment) {
        return LineWriter.line(feedback, LineLimits.USUAL, (line, said) -> {
            line.plain("feedback_for", said.call().toString());
            line.number("at_us", said.epochMicros());
            line.number("rating", said.rating());
            Optional<Boolean> up = said.thumbsUp();
            if (up.isPresent()) {
                line.plain("thumbs", up.get() ? "up" : "down");
            }
            comment(line, said.comment(), withComment);
        });
    }

    private static void comment(LineWriter line, Optional<String> comment, boolean written) throws IOException {
        if (comment.isPresent()) {
            line.truth("commented", true);
        }
        if (comment.isPresent() && written) {
            line.plain("comment", comment.get()); // as long as it may be: it fits, see UserFeedback.LONGEST_COMMENT
        }
    }
}
