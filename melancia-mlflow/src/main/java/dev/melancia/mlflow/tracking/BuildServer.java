package dev.melancia.mlflow.tracking;

import java.util.Map;

/** What build servers tell in variables about the commit they build. Immutable. */
final class BuildServer {

    private static final String[] PRESENT = {
        "CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "BITBUCKET_BUILD_NUMBER", "CIRCLECI"
    };
    private static final String[] COMMIT = {
        "GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "BUILD_SOURCEVERSION", "BITBUCKET_COMMIT", "CIRCLE_SHA1"
    };

    /** Of a pull request on GitHub the name of the reference is "12/merge", so that of its head goes before. */
    private static final String[] BRANCH = {
        "GITHUB_HEAD_REF",
        "GITHUB_REF_NAME",
        "CI_COMMIT_REF_NAME",
        "GIT_BRANCH",
        "BUILD_SOURCEBRANCHNAME",
        "BITBUCKET_BRANCH",
        "CIRCLE_BRANCH"
    };

    private static final String[] REPOSITORY = {
        "CI_PROJECT_URL", "GIT_URL", "BUILD_REPOSITORY_URI", "BITBUCKET_GIT_HTTP_ORIGIN", "CIRCLE_REPOSITORY_URL"
    };

    private final Map<String, String> environment;

    BuildServer(Map<String, String> environment) {
        this.environment = environment;
    }

    boolean present() {
        String value = first(PRESENT);
        return !value.isEmpty() && !value.equalsIgnoreCase("false");
    }

    String commit() {
        return first(COMMIT);
    }

    /** Whether what is told may be about this commit: the checkout may be of another repository. */
    boolean mayBeAt(String commit) {
        return commit().isEmpty() || commit().equals(commit);
    }

    String branch() {
        return first(BRANCH);
    }

    String repository() {
        String path = environment.getOrDefault("GITHUB_REPOSITORY", "");
        String server = environment.getOrDefault("GITHUB_SERVER_URL", "");
        String url = path.isEmpty() || server.isEmpty() ? first(REPOSITORY) : server + "/" + path;
        return RepositoryUrl.withoutCredentials(url);
    }

    private String first(String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
