/**
 * Calls of production as traces of MLflow: what was decided, tried, answered and spent, and what users and scorers say of it.
 * A call never waits for it; texts of prompts and answers are left out unless asked for.
 *
 * <pre>{@code
 * CallTracing tracing = CallTracing.builder(Path.of("melancia-traces"))
 *         .experiment("chat in production")
 *         .mlflow(settings)
 *         .sampling(0.1)
 *         .keepFailures()
 *         .build();
 * ModelRouter router = ModelRouter.builder().model(…).listener(tracing).build();
 * …
 * router.feedback(UserFeedback.builder(call, now).thumbsUp(true).build());
 * tracing.score(call, AssessmentSource.code("language-match"), "language", 1.0);
 * tracing.close();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.trace;

import org.jspecify.annotations.NullMarked;
