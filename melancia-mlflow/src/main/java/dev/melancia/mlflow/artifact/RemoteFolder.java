package dev.melancia.mlflow.artifact;

import dev.melancia.mlflow.rest.MlflowException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Walks the folders of a store. */
final class RemoteFolder {

    private static final int DEEPEST = 250;

    private RemoteFolder() {}

    /** Files in these and in the folders among them. A store that lists a folder inside itself must not keep us for ever. */
    static List<ArtifactFile> files(Function<String, List<ArtifactFile>> list, List<ArtifactFile> begin) {
        List<ArtifactFile> files = new ArrayList<>();
        Deque<ArtifactFile> open = new ArrayDeque<>(begin);
        while (!open.isEmpty()) {
            ArtifactFile next = open.removeFirst();
            if (!next.folder()) {
                files.add(next);
            } else if (next.path().chars().filter(c -> c == '/').count() > DEEPEST) {
                throw MlflowException.refused("artifacts", "too deep")
                        .explained("folders of artifacts must be at most " + DEEPEST + " deep, the server lists more");
            } else {
                list.apply(next.path()).forEach(open::addLast);
            }
        }
        return files;
    }
}
