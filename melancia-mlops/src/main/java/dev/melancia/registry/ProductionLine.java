package dev.melancia.registry;

import dev.melancia.mlflow.registry.ModelStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may come to Production, and what was there before, from the history and from what is there. */
final class ProductionLine {

    private ProductionLine() {}

    static void checkMove(RegisteredVersion version, ModelStage stage) {
        if (stage == ModelStage.PRODUCTION && version.stage() != ModelStage.STAGING) {
            throw new IllegalStateException(version.label() + " must be in Staging to come to Production, was in "
                    + version.stage().label() + "; move it to Staging and try it there first");
        }
    }

    static boolean concerns(ModelChange change) {
        return change.kind() == ModelChange.Kind.ROLLED_BACK
                || (change.kind() == ModelChange.Kind.MOVED && change.detail().equals(ModelStage.PRODUCTION.label()));
    }

    /**
     * The version to bring back.
     *
     * @param versions all there are, in any order
     */
    static RegisteredVersion before(int leaving, List<RegisteredVersion> versions, List<ModelChange> history) {
        RegisteredVersion current = versions.stream()
                .filter(version -> version.version() == leaving)
                .findFirst()
                .orElseThrow();
        if (current.stage() != ModelStage.PRODUCTION) {
            throw new IllegalStateException(current.label() + " must be in Production to be rolled back, was in "
                    + current.stage().label() + "; look at the history, somebody may have been faster");
        }
        List<Integer> line = line(served(leaving, history));
        // What was done elsewhere, or planned and never carried out, is not in the line as it is in Production.
        if (line.contains(leaving)) {
            leave(line, leaving);
        }
        for (int i = line.size() - 1; i >= 0; i--) {
            int candidate = line.get(i);
            Optional<RegisteredVersion> found = versions.stream()
                    .filter(version -> version.version() == candidate && candidate != leaving)
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalStateException(
                "no version of " + current.model() + " that still exists was in Production before " + current.version()
                        + "; move another to Staging and Production instead");
    }

    /**
     * Changes after which a version is known to have served, and all rollbacks. An unconfirmed move may never have been
     * carried out, but the last one was when its version is in Production; an unconfirmed rollback says that what it was
     * to take out was bad.
     */
    private static List<ModelChange> served(int inProduction, List<ModelChange> history) {
        List<ModelChange> changes =
                history.stream().filter(ProductionLine::concerns).toList();
        List<ModelChange> served = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            ModelChange change = changes.get(i);
            boolean carriedOut = i == changes.size() - 1 && change.version() == inProduction;
            if (change.confirmed() || carriedOut || change.kind() == ModelChange.Kind.ROLLED_BACK) {
                served.add(change);
            }
        }
        return served;
    }

    /** Versions as they came to Production, without those a rollback took out. */
    private static List<Integer> line(List<ModelChange> served) {
        List<Integer> line = new ArrayList<>();
        for (ModelChange change : served) {
            Integer version = change.version();
            if (change.kind() == ModelChange.Kind.ROLLED_BACK && line.contains(version)) {
                leave(line, version);
                line.add(version);
            } else if (change.confirmed() || change.kind() == ModelChange.Kind.MOVED) {
                line.remove(version);
                line.add(version);
            }
        }
        return line;
    }

    private static void leave(List<Integer> line, Integer version) {
        line.subList(line.indexOf(version), line.size()).clear();
    }
}
