package dev.melancia.mlflow.tracking;

import dev.melancia.mlflow.rest.MlflowException;
import java.util.Map;

/** A parameter that was given another value. */
final class ParamConflict {

    private ParamConflict() {}

    static boolean isCauseOf(MlflowException failure) {
        return failure.kind() == MlflowException.Kind.REJECTED
                && failure.serverMessage().startsWith("Changing param values");
    }

    /** The failure told with key, old and new value; the server tells them in a form of its own. */
    static RuntimeException told(MlflowException failure, ServerRun run, Map<String, String> params) {
        for (Map.Entry<String, String> param : params.entrySet()) {
            String before = run.params().get(param.getKey());
            if (before != null && !before.equals(param.getValue())) {
                return new IllegalArgumentException(
                        message(param.getKey() + "\" of run \"" + run.name(), before, param.getValue()), failure);
            }
        }
        return failure;
    }

    static String message(String which, String before, String now) {
        return "parameter \"" + which + "\" must not change, was \"" + shown(before) + "\", now \"" + shown(now)
                + "\"; use another key, or a metric for what changes";
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
