package dev.melancia.mlflow.tracking;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The remotes in git's configuration file. */
final class GitRemotes {

    private static final Pattern SECTION = Pattern.compile("\\[\\s*([^\\s\\]\"]+)(?:\\s+\"(.*)\")?\\s*\\].*");
    private static final Pattern URL = Pattern.compile("(?i)url\\s*=\\s*(?:\"([^\"]*)\"|([^#;]*)).*");

    private GitRemotes() {}

    static Optional<String> url(Stream<String> lines) {
        Map<String, String> urls = new LinkedHashMap<>();
        String remote = "";
        for (String line : (Iterable<String>) lines.map(String::strip)::iterator) {
            Matcher section = SECTION.matcher(line);
            Matcher url = URL.matcher(line);
            if (section.matches()) {
                String name = section.group(1).toLowerCase(Locale.ROOT);
                remote = name.equals("remote") && section.group(2) != null ? section.group(2) : "";
            } else if (!remote.isEmpty() && url.matches()) {
                String text = url.group(1) != null ? url.group(1) : url.group(2);
                urls.putIfAbsent(remote, text.strip());
            }
        }
        return Optional.ofNullable(urls.get("origin"))
                .or(() -> urls.values().stream().findFirst());
    }
}
