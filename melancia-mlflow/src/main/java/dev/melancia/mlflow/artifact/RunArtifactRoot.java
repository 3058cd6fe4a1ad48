package dev.melancia.mlflow.artifact;

import dev.melancia.mlflow.rest.MlflowException;
import java.util.Locale;
import java.util.Map;

/** Where the artifacts of a run stand, and who speaks to that place. */
record RunArtifactRoot(String uri, ArtifactRepository repository) {

    /**
     * Chooses by the scheme of the URI.
     *
     * @throws MlflowException when nobody speaks it
     */
    static RunArtifactRoot of(String runId, String uri, Map<String, ArtifactRepository> repositories) {
        String scheme = scheme(uri);
        ArtifactRepository repository = repositories.get(scheme);
        boolean elsewhere = scheme.equals(ProxyRepository.SCHEME)
                && !uri.substring(scheme.length() + 1).matches("/[^/].*");
        if (repository == null || elsewhere) {
            // The scheme alone: a URI may hold a password.
            throw MlflowException.refused("artifacts", "scheme " + scheme)
                    .explained("artifacts of run " + runId + " stand "
                            + (elsewhere ? "on another MLflow server" : "in a store of scheme \"" + scheme + '"')
                            + ", which this client does not speak to; start the server with --serve-artifacts and"
                            + " --artifacts-destination <store> and use a new experiment, or give an"
                            + " ArtifactRepository for \"" + scheme + "\" when building the client");
        }
        return new RunArtifactRoot(uri, repository);
    }

    /** A path without scheme is a folder, on the machine of the server or not. */
    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.matches("[a-z][a-z0-9+.-]+") ? scheme : "file";
    }
}
