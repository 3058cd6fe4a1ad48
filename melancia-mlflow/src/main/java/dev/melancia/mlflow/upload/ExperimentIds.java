package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.Experiments;

/** The server's ids of experiments by name. Confined to one thread. */
final class ExperimentIds {

    private static final int MOST = 1000;

    private final Experiments experiments;
    private final BoundedMap<String> ids = new BoundedMap<>(MOST);

    ExperimentIds(MlflowApi api) {
        this.experiments = Experiments.on(api);
    }

    /**
     * Id of the experiment, which is created when it is not there.
     *
     * @throws MlflowException also when the experiment is deleted
     */
    String of(String name) {
        String known = ids.get(name);
        if (known != null) {
            return known;
        }
        String id = experiments.idOf(name);
        ids.put(name, id);
        return id;
    }

    void forget(String name) {
        ids.remove(name);
    }
}
