package dev.melancia.mlflow.tracking;

import java.util.Locale;

/** Takes secrets out of the URL of a repository. */
final class RepositoryUrl {

    private RepositoryUrl() {}

    /**
     * Without user, password and query. The user of ssh stays, as {@code git@} names no person and belongs to the address;
     * a URL without scheme ({@code git@host:path}, a folder) cannot hold a password.
     */
    static String withoutCredentials(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        int host = scheme + "://".length();
        int end = url.indexOf('/', host);
        String authority = end < 0 ? url.substring(host) : url.substring(host, end);
        String path = end < 0 ? "" : url.substring(end).replaceFirst("[?#].*", "");
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at).replaceFirst(":.*", "") + "@";
        boolean ssh = url.substring(0, scheme).toLowerCase(Locale.ROOT).contains("ssh");
        return url.substring(0, host)
                + (ssh ? user : "")
                + authority.substring(at + 1).replaceFirst("[?#].*", "")
                + path;
    }
}
