package dev.melancia.judge;

import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts what judging takes. Thread-safe. */
final class UsageCount {

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable TokenPrice price;
    private JudgeUsage usage = new JudgeUsage(0, 0, 0, 0, 0, 0, 0, Cost.zero());

    UsageCount(@Nullable TokenPrice price) {
        this.price = price;
    }

    JudgeUsage usage() {
        lock.lock();
        try {
            return usage;
        } finally {
            lock.unlock();
        }
    }

    void answered(TokenCounts tokens) {
        Cost cost = price == null ? Cost.unknown() : price.costOf(tokens);
        add(new JudgeUsage(
                1,
                0,
                0,
                0,
                tokens.input().orElse(0),
                tokens.output().orElse(0),
                tokens.input().isPresent() && tokens.output().isPresent() ? 0 : 1,
                cost));
    }

    void failed() {
        add(new JudgeUsage(1, 1, 0, 0, 0, 0, 0, Cost.zero()));
    }

    void malformed() {
        add(new JudgeUsage(0, 0, 1, 0, 0, 0, 0, Cost.zero()));
    }

    void excluded() {
        add(new JudgeUsage(0, 0, 0, 1, 0, 0, 0, Cost.zero()));
    }

    private void add(JudgeUsage more) {
        lock.lock();
        try {
            usage = new JudgeUsage(
                    usage.calls() + more.calls(),
                    usage.failedCalls() + more.failedCalls(),
                    usage.malformed() + more.malformed(),
                    usage.excluded() + more.excluded(),
                    usage.inputTokens() + more.inputTokens(),
                    usage.outputTokens() + more.outputTokens(),
                    usage.uncounted() + more.uncounted(),
                    usage.cost().plus(more.cost()));
        } finally {
            lock.unlock();
        }
    }
}
