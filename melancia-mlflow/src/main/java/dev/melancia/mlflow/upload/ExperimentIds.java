package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.Experiments;
import java.util.function.Function;

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

    /**
     * Makes a request with the experiment's id; once more with a new one when the server does not know the id that we
     * remember, such as after its database was made anew.
     */
    <T> T with(String name, Function<String, T> request) {
        boolean remembered = ids.containsKey(name);
        try {
            return request.apply(of(name));
        } catch (MlflowException failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            ids.remove(name);
            if (!remembered) {
                throw failure;
            }
            return request.apply(of(name));
        }
    }
}
