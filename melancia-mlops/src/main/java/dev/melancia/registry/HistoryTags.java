package dev.melancia.registry;

import com.fasterxml.jackson.core.JacksonException;
import dev.melancia.mlflow.registry.RegisteredModel;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's history in tags of the registered model.
 *
 * <p>The server cannot compare and set, so a list in one tag would lose what another process adds at the same moment.
 * Each change has a tag of its own instead, written before the change as unconfirmed and after it as confirmed: a process
 * that dies in between leaves an entry that says so. Keys sort by time. A change that was seen when the next is made has
 * the smaller time, whatever the clocks of the two processes say.
 */
final class HistoryTags {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryTags.class);
    private static final String PREFIX = "melancia.history.";
    private static final int PRODUCTION_KEPT = 50;
    private static final int OTHERS_KEPT = 150;

    private final RegisteredModels models;

    HistoryTags(RegisteredModels models) {
        this.models = models;
    }

    static List<ModelChange> read(RegisteredModel model) {
        return List.copyOf(byKey(model).values());
    }

    private static SortedMap<String, ModelChange> byKey(RegisteredModel model) {
        SortedMap<String, ModelChange> changes = new TreeMap<>();
        model.tags().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                parse(value).ifPresent(change -> changes.put(key, change));
            }
        });
        return changes;
    }

    private static Optional<ModelChange> parse(String value) {
        try {
            return ChangeJson.read(ChangeJson.JSON.readTree(value));
        } catch (JacksonException editedByHand) {
            return Optional.empty();
        }
    }

    static Instant after(RegisteredModel model, Instant now) {
        Instant last = read(model).stream()
                .map(ModelChange::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return now.isAfter(last) ? now : last.plusNanos(1_000);
    }

    /** A registration that happened; its key follows from the version, so that a second try writes the same entry. */
    void add(RegisteredModel model, ModelChange registered) {
        String key = key(registered.at(), "v" + registered.version());
        if (!model.tags().containsKey(key)) {
            record(model, key, registered, "a version was registered, but the history of its model does not say so");
        }
    }

    /** Carries out a change with its entry written before and confirmed after. */
    <T> T around(RegisteredModel model, ModelChange change, Supplier<T> act) {
        String random = BigInteger.valueOf(UUID.randomUUID().getMostSignificantBits() >>> 1)
                .toString(36);
        String key = key(change.at(), random);
        write(model.name(), key, change);
        T done;
        try {
            done = act.get();
        } catch (NoSuchElementException deletedMeanwhile) {
            models.untag(model.name(), key);
            throw deletedMeanwhile;
        } catch (MlflowException failure) {
            if (failure.kind() == MlflowException.Kind.REJECTED) {
                models.untag(model.name(), key);
            }
            throw failure;
        }
        record(
                model,
                key,
                change.asConfirmed(),
                "a change of a registered model was made, but its history says unconfirmed");
        return done;
    }

    private void record(RegisteredModel model, String key, ModelChange change, String otherwise) {
        try {
            write(model.name(), key, change);
            prune(model);
        } catch (MlflowException failure) {
            // The change itself happened; to tell the caller otherwise would make them do it again.
            LOG.atWarn()
                    .addKeyValue("model", model.name())
                    .addKeyValue("version", change.version())
                    .setCause(failure)
                    .log(otherwise);
        }
    }

    private void write(String model, String key, ModelChange change) {
        models.tag(model, key, ChangeJson.write(change).toString());
    }

    /** By what was there before this change; entries of Production are kept longer, since the way back needs them. */
    private void prune(RegisteredModel model) {
        SortedMap<String, ModelChange> changes = byKey(model);
        long production =
                changes.values().stream().filter(ProductionLine::concerns).count();
        prune(model.name(), changes, true, production - PRODUCTION_KEPT + 1);
        prune(model.name(), changes, false, changes.size() - production - OTHERS_KEPT + 1);
    }

    private void prune(String model, Map<String, ModelChange> changes, boolean production, long surplus) {
        changes.entrySet().stream()
                .filter(entry -> ProductionLine.concerns(entry.getValue()) == production)
                .limit(Math.max(0, surplus))
                .forEach(entry -> models.untag(model, entry.getKey()));
    }

    private static String key(Instant at, String end) {
        String micros = String.valueOf(ChangeJson.micros(at));
        return PREFIX + "0".repeat(Math.max(0, 17 - micros.length())) + micros + "." + end;
    }
}
