package dev.melancia.judge;

/** How a judge asks. Immutable. */
record JudgeSettings(
        Judge.Language language, int retries, int concurrency, boolean temperatureZero, JudgeCalls.Pause pause) {

    JudgeSettings {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be at least 0, was " + retries);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
        }
    }

    JudgeSettings with(Judge.Language other) {
        return new JudgeSettings(other, retries, concurrency, temperatureZero, pause);
    }

    JudgeSettings withRetries(int other) {
        return new JudgeSettings(language, other, concurrency, temperatureZero, pause);
    }

    JudgeSettings withConcurrency(int other) {
        return new JudgeSettings(language, retries, other, temperatureZero, pause);
    }

    JudgeSettings withTemperatureZero(boolean zero) {
        return new JudgeSettings(language, retries, concurrency, zero, pause);
    }

    JudgeSettings with(JudgeCalls.Pause other) {
        return new JudgeSettings(language, retries, concurrency, temperatureZero, other);
    }
}
