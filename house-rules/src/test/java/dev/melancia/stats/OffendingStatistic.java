package dev.melancia.stats;

import dev.melancia.provider.ModelId;
import java.nio.file.Files;
import java.nio.file.Path;

/** A statistic that reads files and knows models; never runs. */
@SuppressWarnings("all") // breaking rules is the purpose
final class OffendingStatistic {

    final ModelId model = ModelId.of("a/b");
    final boolean there = Files.exists(Path.of("x"));
}
