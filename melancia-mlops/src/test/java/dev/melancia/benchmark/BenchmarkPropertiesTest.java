package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random suites: lanes, repeats, conversations, failures, servers that are busy, and processes that die. More of them with
 * {@code -Dmelancia.benchmark.suites=}.
 */
class BenchmarkPropertiesTest {

    private static final int SUITES = Integer.getInteger("melancia.benchmark.suites", 30);

    @TempDir
    Path folder;

    @Test
    void everyQuestionHasOneOutcomeAndTheRulesOfTheLanesHold() {
        for (int seed = 0; seed < SUITES; seed++) {
            Interview interview = new Interview(seed);
            BenchmarkResult result =
                    interview.benchmark().crew(new HandCrew(seed)).build().run();

            assertThat(interview.faults(result)).as("seed %d", seed).isEmpty();
            assertThat(interview.asked().values()).as("seed %d", seed).containsOnly(1);
        }
    }

    @Test
    void aRunThatDiesAgainAndAgainAsksNothingTwiceThatWasAnswered() {
        for (int seed = 0; seed < SUITES; seed++) {
            Interview interview = new Interview(seed);
            interview.killing(.15);
            Path run = folder.resolve("run" + seed);
            BenchmarkResult result = null;
            int deaths = 0;
            while (result == null) {
                try {
                    result = interview
                            .benchmark()
                            .folder(run)
                            .crew(new HandCrew(31L * seed + deaths))
                            .build()
                            .run();
                } catch (Interview.Killed killed) {
                    deaths++;
                }
            }

            assertThat(interview.faults(result)).as("seed %d", seed).isEmpty();
            assertThat(result.inDoubt()).as("seed %d", seed).isEqualTo(deaths);
            assertThat(interview.answered().values()).as("seed %d", seed).allMatch(times -> times == 1);
            int doubles = interview.asked().values().stream()
                    .mapToInt(times -> times - 1)
                    .sum();
            assertThat(doubles).as("seed %d", seed).isLessThanOrEqualTo(result.inDoubt());
            assertThat(interview.faults(BenchmarkResult.load(run)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void aRunCanBeResumedFromEveryPlaceWhereItsJournalMayEnd() throws IOException {
        for (int seed = 0; seed < 4; seed++) {
            Path whole = folder.resolve("whole" + seed);
            new Interview(seed)
                    .benchmark()
                    .folder(whole)
                    .crew(new HandCrew(seed))
                    .build()
                    .run();
            byte[] journal = Files.readAllBytes(segment(whole));
            Random random = new Random(seed);
            for (int cut = 0; cut <= journal.length; cut = next(journal, cut, random)) {
                resume(seed, whole, journal, cut);
            }
        }
    }

    /** The end of the next line, or somewhere in it. */
    private static int next(byte[] journal, int cut, Random random) {
        int feed = cut;
        while (feed < journal.length && journal[feed] != '\n') {
            feed++;
        }
        boolean inside = feed > cut + 1 && random.nextBoolean();
        return inside ? cut + 1 + random.nextInt(feed - cut) : feed + 1;
    }

    private void resume(int seed, Path whole, byte[] journal, int cut) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("cut"));
        try (Stream<Path> before = Files.list(copy)) {
            for (Path file : before.filter(BenchmarkPropertiesTest::isSegment).toList()) {
                Files.delete(file);
            }
        }
        Files.copy(whole.resolve("run.json"), copy.resolve("run.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(copy.resolve(segment(whole).getFileName()), Arrays.copyOf(journal, cut));
        KeptRun kept = RunReader.read(copy, RunFolder.existing(copy).dataset().questions());
        Interview later = new Interview(seed);

        BenchmarkResult result =
                later.benchmark().folder(copy).crew(new HandCrew(cut)).build().run();

        assertThat(later.faults(result)).as("seed %d cut at %d", seed, cut).isEmpty();
        assertThat(later.asked().keySet())
                .as("asked again, seed %d cut at %d", seed, cut)
                .noneMatch(kept.outcomes()::containsKey)
                .hasSize(later.calls() - kept.outcomes().size());
        assertThat(result.inDoubt()).isEqualTo(kept.inDoubtInAll()).isEqualTo(open(journal, cut));
    }

    /** Calls asked and not ended in the whole lines of what is left. */
    private static int open(byte[] journal, int cut) {
        String text = new String(journal, 0, cut, StandardCharsets.UTF_8);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        int open = 0;
        for (String line : lines) {
            open += line.contains("\"t\":\"asked\"") ? 1 : 0;
            open -= line.matches(".*\"t\":\"(answered|failed|put-off)\".*") ? 1 : 0;
        }
        return open;
    }

    private static Path segment(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(BenchmarkPropertiesTest::isSegment).findFirst().orElseThrow();
        }
    }

    private static boolean isSegment(Path file) {
        return file.toString().endsWith(".jsonl");
    }
}
