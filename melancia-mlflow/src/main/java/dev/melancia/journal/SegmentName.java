package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of segments, {@code <start in epoch microseconds>-<pid>-<random>.jsonl}: sorted by name is sorted by start. A
 * compact segment has the name of the first one it replaces, with {@code .compact} before the ending.
 */
final class SegmentName {

    private static final Pattern FORM = Pattern.compile("(\\d{16})-(\\d+)-[0-9a-f]{8}(\\.compact)?\\.jsonl");
    private static final String ENDING = ".jsonl";
    private static final String COMPACT_ENDING = ".compact.jsonl";

    /** The start of a process is known to a clock tick (10 ms) only, and its clock may have been set meanwhile. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private SegmentName() {}

    static String of(long startMicros, long pid, int random) {
        return String.format(Locale.ROOT, "%016d-%d-%08x.jsonl", startMicros, pid, random);
    }

    /** The segments of the folder in order; empty when there is no such folder. */
    static List<String> list(Path folder) throws IOException {
        return list(folder, foreign -> {});
    }

    /** The same; JSON lines under another name are told to the sink. */
    static List<String> list(Path folder, Consumer<String> foreign) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (FORM.matcher(name).matches()) {
                    names.add(name);
                } else {
                    foreign.accept(name);
                }
            }
        } catch (NoSuchFileException nothingWrittenYet) {
            return List.of();
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        Collections.sort(names);
        return names;
    }

    static boolean isCompact(String name) {
        return name.endsWith(COMPACT_ENDING);
    }

    /** The name of the compact segment whose first original this is; it sorts right before it. */
    static String compact(String first) {
        return first.substring(0, first.length() - ENDING.length()) + COMPACT_ENDING;
    }

    /** Number of the process that wrote it. */
    static long pid(String name) {
        return Long.parseLong(parsed(name).group(2));
    }

    private static Matcher parsed(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            throw new IllegalArgumentException("not the name of a segment: " + name);
        }
        return form;
    }

    /** Whether a process with the writer's number runs on this machine and began before the segment did. */
    static boolean writerAlive(String name) {
        Matcher form = parsed(name);
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(form.group(2)));
        if (process.isEmpty() || !process.get().isAlive()) {
            return false;
        }
        Instant segmentStart = Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS);
        return process.get()
                .info()
                .startInstant()
                .map(start -> start.minus(START_TOLERANCE).isBefore(segmentStart))
                .orElse(true);
    }
}
