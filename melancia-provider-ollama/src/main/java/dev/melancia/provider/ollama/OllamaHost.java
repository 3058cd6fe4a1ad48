package dev.melancia.provider.ollama;

import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import dev.melancia.provider.http.ProviderHttp;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code OLLAMA_HOST} as Ollama's own client does (its {@code envconfig.Host}, version 0.17.4): the scheme is http,
 * the port 11434, or that of the scheme where one is written; quotes and spaces around are dropped; a path stays. Two
 * differences: an address that a server listens on but no client can call (no host, {@code 0.0.0.0}, {@code ::}) becomes
 * the loopback address, to which Go's dialler connects for it; and a port that is none is an error, not 11434.
 */
final class OllamaHost {

    static final String VARIABLE = "OLLAMA_HOST";

    private static final URI USUAL = URI.create("http://127.0.0.1:11434");
    private static final String USUAL_PORT = "11434";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::(.*))?");

    private OllamaHost() {}

    static URI address(ProviderHttp http, ModelSettings settings) {
        return settings.baseUrl().isPresent()
                ? http.address(USUAL)
                : settings.environment(VARIABLE).map(OllamaHost::read).orElse(USUAL);
    }

    static URI read(String value) {
        return ProviderHttp.requireAddress(VARIABLE, url(value));
    }

    private static String url(String value) {
        String text = unquoted(value);
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 0 && text.equals("ollama.com")) {
            return "https://ollama.com:443";
        }
        String scheme = schemeEnd < 0 ? "http" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash);
        return scheme + "://" + authority(slash < 0 ? rest : rest.substring(0, slash), port(schemeEnd, scheme)) + path;
    }

    private static String port(int schemeEnd, String scheme) {
        if (schemeEnd < 0) {
            return USUAL_PORT;
        }
        return scheme.equals("https") ? "443" : "80";
    }

    private static String authority(String text, String usualPort) {
        boolean bareIpv6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
        Matcher parts = HOST_AND_PORT.matcher(bareIpv6 ? "[" + text + "]" : text);
        if (!parts.matches()) {
            throw malformed(text);
        }
        String port = parts.group(2) == null ? usualPort : parts.group(2);
        if (!port.chars().allMatch(c -> c >= '0' && c <= '9') || port.isEmpty()) {
            throw malformed(text);
        }
        return callable(parts.group(1)) + ":" + port;
    }

    private static String callable(String host) {
        return switch (host) {
            case "", "0.0.0.0" -> "127.0.0.1";
            case "[::]", "[0:0:0:0:0:0:0:0]" -> "[::1]";
            default -> host;
        };
    }

    private static String unquoted(String value) {
        String text = value.strip();
        int start = 0;
        int end = text.length();
        while (start < end && "\"' ".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "\"' ".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static ProviderConfigurationException malformed(String text) {
        String shown = text.indexOf('@') < 0 ? "\"" + text + "\"" : "another (not shown)";
        return new ProviderConfigurationException(
                VARIABLE, VARIABLE + " must be [http(s)://]host[:port][/path], was " + shown);
    }
}
