package dev.melancia.examples.guide;

import dev.melancia.call.CallContext;
import dev.melancia.call.CallId;
import dev.melancia.call.UserFeedback;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.mlflow.MlflowClient;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.registry.ModelStage;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.trace.AssessmentSource;
import dev.melancia.mlflow.tracking.ActiveRun;
import dev.melancia.registry.ChangeNote;
import dev.melancia.registry.ModelRegistry;
import dev.melancia.registry.PromptRegistry;
import dev.melancia.registry.Registration;
import dev.melancia.registry.ServedPrompt;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.trace.CallTracing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The code of the guide to MLflow for Java teams. */
final class MlflowGuide {

    private MlflowGuide() {}

    static List<MetricPoint> now(MlflowSettings settings, Path folder) {
        // region now
        try (MlflowClient mlflow = MlflowClient.connect(settings);
                ActiveRun run = mlflow.startRun("routing", "baseline")) {
            run.param("model", "ollama/phi3:mini");
            run.metric("accuracy", 0.9); // on the server when this returns, or MlflowException
            run.artifacts().putFolder("report", folder); // streamed, through the server
            return mlflow.runs().history(run.id(), "accuracy");
        }
        // endregion
    }

    static void models(MlflowClient mlflow, String runId) {
        // region models
        ModelRegistry models = ModelRegistry.mlflow(mlflow.api()); // or ModelRegistry.local(folder)
        Registration tested = Registration.ofRun("answers", runId, "model")
                .evidence("benchmark", "quality 0.81 [0.78, 0.84], n = 500")
                .build();
        int version = models.register(tested, ChangeNote.by("ana", "cheaper")).version();
        models.move("answers", version, ModelStage.STAGING, ChangeNote.by("ana", "a week of trial"));
        models.move("answers", version, ModelStage.PRODUCTION, ChangeNote.by("rui", "approved"));
        models.rollback("answers", version, ChangeNote.by("rui", "wrong dates")); // the one before serves again
        // endregion
    }

    static String prompts(MlflowClient mlflow, ModelRouter router, String question) {
        // region prompts
        NewPrompt first = NewPrompt.of("answer", PromptTemplate.text("Responda em português: {{ question }}"))
                .message("first")
                .build();
        PromptRegistry prompts = PromptRegistry.mlflow(mlflow.api()); // or PromptRegistry.local(folder)
        prompts.setAlias("answer", "production", prompts.register(first).version());

        ServedPrompt prompt = prompts.byAlias("answer", "production"); // from memory; asked again once a minute
        CallContext context = CallContext.builder()
                .question(question)
                .promptVersion(prompt.label()) // on the record and the trace of each call
                .build();
        String answer = router.chatModel(context).chat(prompt.template().fill(Map.of("question", question)));
        // endregion
        return answer;
    }

    static CallTracing tracing(ModelRouterBuilder router, Path folder, MlflowSettings settings) {
        // region tracing
        CallTracing tracing = CallTracing.builder(folder)
                .experiment("chat in production")
                .mlflow(settings)
                .sampling(0.1) // one call in ten, chosen by its id
                .keepFailures() // and every failed one
                .build();
        router.listener(tracing);
        // endregion
        return tracing;
    }

    static void said(CallTracing tracing, CallId call, Instant now) {
        // region said
        tracing.onFeedback(UserFeedback.builder(call, now).thumbsUp(true).build()); // or router.feedback(…)
        tracing.score(call, AssessmentSource.code("language"), "in Portuguese", 1);
        // endregion
    }

    static void search(ExperimentTracker tracker) {
        // region search
        List<RecordedRun> good = tracker.search(
                "metrics.quality > 0.8 and params.model LIKE 'ollama/%'", List.of("metrics.quality DESC"), 10);
        RecordedRun best = tracker.bestRun("quality", true).orElseThrow(); // NaN never wins
        // endregion
        if (!good.contains(best)) {
            throw new IllegalStateException("the best run must be among the good ones");
        }
    }

    static boolean push(ExperimentTracker tracker, MlflowSettings settings) {
        // region push
        boolean complete = tracker.push(settings, Duration.ofMinutes(5)).complete(); // again at any time, nothing twice
        tracker.compact(); // packs what is delivered; nothing that can be read is lost
        // endregion
        return complete;
    }
}
