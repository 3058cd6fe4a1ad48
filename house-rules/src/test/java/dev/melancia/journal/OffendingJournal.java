package dev.melancia.journal;

import dev.melancia.mlflow.OffendingClient;

/** A journal that knows MLflow; never runs. */
@SuppressWarnings("all") // breaking rules is the purpose
final class OffendingJournal {

    final OffendingClient client = new OffendingClient();
}
