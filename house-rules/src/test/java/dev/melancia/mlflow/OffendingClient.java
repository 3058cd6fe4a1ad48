package dev.melancia.mlflow;

import dev.melancia.provider.ModelId;

/** An MLflow client that knows core; never runs. */
@SuppressWarnings("all") // breaking rules is the purpose
public final class OffendingClient {

    final ModelId model = ModelId.of("a/b");
}
