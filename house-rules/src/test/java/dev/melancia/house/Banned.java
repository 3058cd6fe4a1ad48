package dev.melancia.house;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/** Calls, references and field reads that library code must not make. */
final class Banned {

    private static final Set<String> EFFECTS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.util.concurrent.ThreadLocalRandom.current");
    private static final Set<String> DEFAULTS = Set.of(
            "java.util.Locale.getDefault",
            "java.nio.charset.Charset.defaultCharset",
            "java.util.TimeZone.getDefault",
            "java.time.ZoneId.systemDefault",
            "java.lang.String.formatted");
    /** Signatures that have a twin with a locale or a character set. */
    private static final Set<String> DEFAULT_SIGNATURES = Set.of(
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()",
            "java.lang.String.getBytes()",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.<init>([B)",
            "java.lang.String.<init>([B, int, int)",
            "java.io.InputStreamReader.<init>(java.io.InputStream)",
            "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
            "java.io.FileReader.<init>(java.io.File)",
            "java.io.FileReader.<init>(java.lang.String)",
            "java.io.FileWriter.<init>(java.io.File)",
            "java.io.FileWriter.<init>(java.lang.String)",
            "java.io.ByteArrayOutputStream.toString()",
            "java.text.DecimalFormat.<init>(java.lang.String)",
            "java.text.NumberFormat.getInstance()",
            "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)");

    private static final Set<String> STREAMS = Set.of("java.lang.System.out", "java.lang.System.err");

    private Banned() {}

    /** Clocks and chance: they are parameters, and only their homes name the real ones. */
    static ArchCondition<JavaClass> effects() {
        return reach(
                "read a clock or draw a number by itself",
                target -> EFFECTS.contains(name(target))
                        || (target.getOwner().getName().startsWith("java.time.")
                                && target.getName().equals("now")));
    }

    static ArchCondition<JavaClass> defaults() {
        return reach(
                "use the default locale, character set or time zone",
                target -> DEFAULTS.contains(name(target)) || DEFAULT_SIGNATURES.contains(signature(target)));
    }

    static ArchCondition<JavaClass> standardStreams() {
        return reach(
                "write to the standard streams",
                target -> STREAMS.contains(name(target))
                        || (target.getName().equals("printStackTrace")
                                && signature(target).endsWith("()")));
    }

    static ArchCondition<JavaClass> sleeping() {
        return reach("sleep", target -> name(target).equals("java.lang.Thread.sleep"));
    }

    private static ArchCondition<JavaClass> reach(String what, Predicate<AccessTarget> banned) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (banned.test(access.getTarget())) {
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
                    }
                }
            }
        };
    }

    private static String name(AccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static String signature(AccessTarget target) {
        String full = target.getFullName();
        return full.startsWith(target.getOwner().getName()) ? full : name(target);
    }
}
