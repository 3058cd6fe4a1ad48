package dev.melancia.examples.quickstart;

import dev.melancia.call.CallContext;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A user who asks a question. */
record Visit(String userId, String tier, Question question) {

    private static final int PREMIUM_EVERY = 3;

    /**
     * Calls in random order: every user asks equally often, every third user is premium, and both halves of the list are
     * dealt from the same pack.
     */
    static List<Visit> shuffled(List<Question> questions, int calls, int users, long seed) {
        Random random = new Random(seed);
        List<Visit> visits = new ArrayList<>(calls);
        for (int call = 0; call < calls; call++) {
            int user = call % users;
            String tier = user % PREMIUM_EVERY == 0 ? "premium" : "free";
            Question question = questions.get(random.nextInt(questions.size()));
            visits.add(new Visit(String.format(Locale.ROOT, "user-%02d", user), tier, question));
        }
        Collections.shuffle(visits, random);
        return visits;
    }

    CallContext context() {
        return CallContext.builder()
                .userId(userId)
                .tier(tier)
                .promptVersion("question@1")
                .build();
    }
}
