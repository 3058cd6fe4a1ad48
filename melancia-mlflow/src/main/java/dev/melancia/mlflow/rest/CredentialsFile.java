package dev.melancia.mlflow.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** MLflow's file of credentials, {@code ~/.mlflow/credentials}: an INI file whose section {@code mlflow} counts. */
final class CredentialsFile {

    private CredentialsFile() {}

    /** Where it is for the user of this environment; a place where there is no file when that is unknown. */
    static Path of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        return home.isEmpty() ? Path.of("") : Path.of(home, ".mlflow", "credentials");
    }

    /** Its values by name in lower case; empty when there is no such file. */
    static Map<String, String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        boolean inside = false;
        try {
            for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String line = raw.strip();
                if (line.startsWith("[")) {
                    inside = line.equals("[mlflow]");
                } else if (inside && !line.startsWith("#") && !line.startsWith(";")) {
                    add(line, values);
                }
            }
        } catch (IOException failure) {
            throw new IllegalArgumentException("MLflow's credentials must be readable UTF-8, file " + file, failure);
        }
        return values;
    }

    private static void add(String line, Map<String, String> values) {
        String[] parts = line.split("[=:]", 2);
        if (parts.length == 2) {
            values.put(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip());
        }
    }
}
