package dev.melancia.flags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All sources at one moment, and the flag that each key comes to. Immutable.
 *
 * @param declared defaults declared in Java
 * @param base what file and environment make of them, with the flags that only the file has
 * @param overrides values set in Java at run time
 * @param effective the strongest definition of every known key
 */
record FlagSnapshot(
        Map<String, FlagValue> declared,
        Map<String, Flag> base,
        Map<String, FlagValue> overrides,
        Map<String, Flag> effective) {

    private static final String VARIABLE_PREFIX = "MELANCIA_FLAG_";

    /**
     * Puts the sources over each other.
     *
     * @throws FlagConfigurationException when two sources disagree on a type, or an environment variable is malformed
     */
    static FlagSnapshot of(
            Map<String, FlagValue> declared,
            Map<String, Flag> file,
            Map<String, FlagValue> overrides,
            Function<String, @Nullable String> environment) {
        Map<String, Flag> base = new TreeMap<>();
        declared.forEach((key, value) -> base.put(key, Flag.constant(key, value, FlagSource.BUILT_IN)));
        file.forEach((key, flag) -> base.merge(key, flag, (built, read) -> sameType(key, built, read)));
        Map<String, String> taken = new HashMap<>();
        base.replaceAll((key, flag) -> fromEnvironment(key, flag, environment, taken));
        return over(declared, Map.copyOf(base), overrides);
    }

    /**
     * This snapshot with a value set in Java, or taken back when it is null.
     *
     * @throws FlagConfigurationException when the flag is of another type
     */
    FlagSnapshot with(String key, @Nullable FlagValue value) {
        Map<String, FlagValue> changed = new HashMap<>(overrides);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return over(declared, base, Map.copyOf(changed));
    }

    private static FlagSnapshot over(
            Map<String, FlagValue> declared, Map<String, Flag> base, Map<String, FlagValue> overrides) {
        Map<String, Flag> effective = new HashMap<>(base);
        overrides.forEach((key, value) -> effective.put(key, override(key, value, base.get(key))));
        // Not Map.copyOf, which divides in each look-up: policies look flags up several times a call.
        return new FlagSnapshot(declared, base, overrides, Collections.unmodifiableMap(effective));
    }

    /** Known keys in alphabetical order. */
    List<String> keys() {
        return effective.keySet().stream().sorted().toList();
    }

    /** Flags of the file that nobody declared, in alphabetical order. */
    List<String> undeclared() {
        return base.keySet().stream()
                .filter(key -> !declared.containsKey(key))
                .sorted()
                .toList();
    }

    /** Keys whose definition differs from an earlier snapshot's, in alphabetical order. */
    List<String> changedSince(FlagSnapshot earlier) {
        TreeSet<String> all = new TreeSet<>(base.keySet());
        all.addAll(earlier.base.keySet());
        List<String> changed = new ArrayList<>();
        for (String key : all) {
            Flag now = base.get(key);
            Flag then = earlier.base.get(key);
            if (now == null || then == null || !now.definition().equals(then.definition())) {
                changed.add(key);
            }
        }
        return changed;
    }

    /** Environment variable of a flag: upper case, everything but ASCII letters and digits as an underscore. */
    static String variable(String key) {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Flag sameType(String key, Flag built, Flag read) {
        if (built.type() != read.type()) {
            throw new FlagConfigurationException("flag \"" + key + "\" is declared as a "
                    + built.type().title() + ", but the flag file makes it a "
                    + read.type().title());
        }
        return read;
    }

    private static Flag fromEnvironment(
            String key, Flag flag, Function<String, @Nullable String> environment, Map<String, String> taken) {
        String variable = variable(key);
        String text = environment.apply(variable);
        if (text == null || text.isBlank()) {
            return flag;
        }
        String other = taken.put(variable, key);
        if (other != null) {
            throw new FlagConfigurationException("environment variable " + variable + " could mean flag \"" + other
                    + "\" or flag \"" + key + "\"; rename one of them or unset the variable");
        }
        Object value = flag.type().parse(text);
        if (value == null) {
            throw new FlagConfigurationException("flag \"" + key + "\" (environment variable " + variable
                    + ") must be a " + flag.type().title() + ", was \"" + text + "\"");
        }
        return Flag.constant(key, FlagValue.of(key, value, "environment variable " + variable), FlagSource.ENVIRONMENT);
    }

    private static Flag override(String key, FlagValue value, @Nullable Flag below) {
        if (below == null || below.type() != value.type()) {
            throw new FlagConfigurationException("flag \"" + key + "\" is set in Java to the "
                    + value.type().title() + " " + value + ", but "
                    + (below == null
                            ? "no source declares it any more"
                            : "it is a " + below.type().title()) + "; clear it in Java or define it alike");
        }
        return Flag.constant(key, value, FlagSource.JAVA);
    }
}
