package dev.melancia.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Style, script and data as they stand inside the page, and the policy that lets nothing else run. */
final class PageParts {

    /** JSON up to this size stays readable in the file; beyond, the file is kept small. */
    private static final int READABLE_BYTES = 400_000;

    private PageParts() {}

    static String style() {
        return joined("report.css", "explorer.css");
    }

    static String script() {
        return "\"use strict\";\n(() => {\n" + joined("page.js", "explorer.js", "costs.js", "detail.js") + "})();\n";
    }

    private static String joined(String... resources) {
        return Stream.of(resources).map(Html::resource).collect(Collectors.joining());
    }

    /** Nothing from the network, and only this style and this script: whatever an answer may smuggle in does not run. */
    static String policy(String style, String script) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
    }

    /** The same for a page without a script. */
    static String policy(String style) {
        return "default-src 'none'; style-src '" + hash(style) + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
        }
    }

    /** Deflated, in base64, where that is shorter than a long text itself; else empty. */
    static String deflated(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= READABLE_BYTES) {
            return "";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        String text = Base64.getEncoder().encodeToString(out.toByteArray());
        return text.length() < bytes.length ? text : "";
    }
}
